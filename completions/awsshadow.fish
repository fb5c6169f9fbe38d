# fish completion for awsshadow: awsshadow completion fish | source
function __awsshadow_complete
    set -lx COMP_LINE (commandline -cp | string collect)
    set -lx COMP_POINT (string length -- $COMP_LINE)
    set -lx AWSSHADOW_COMPLETE described
    awsshadow_completer 2>/dev/null
end
complete -c awsshadow -f -k -a '(__awsshadow_complete)'
