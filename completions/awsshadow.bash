# bash completion for awsshadow: eval "$(awsshadow completion bash)"
_awsshadow() {
    local IFS=$'\n' word=${COMP_LINE:0:COMP_POINT} start
    COMPREPLY=($(COMP_LINE=$COMP_LINE COMP_POINT=$COMP_POINT awsshadow_completer 2>/dev/null))
    # bash replaces only what follows the last of COMP_WORDBREAKS (":" and "=" among them).
    word=${word##*[[:space:]]}
    start=${word%"${word##*[:=]}"}
    COMPREPLY=("${COMPREPLY[@]#"$start"}")
    case ${COMPREPLY[0]-} in
        *[/=.]) compopt -o nospace ;;
    esac
}
complete -F _awsshadow awsshadow
