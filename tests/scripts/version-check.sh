# The version check of installers and other tools.
case $(aws --version 2>&1) in
  aws-cli/2.*) echo "version 2" ;;
  *) echo "something else" ;;
esac
aws --version | cut -d/ -f2 | cut -d. -f1
