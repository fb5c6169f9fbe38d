# bash completion for awsshadow: eval "$(awsshadow completion bash)"
_awsshadow() {
    local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} word prefix i
    # Names of operations are known here: no program is started for them.
    if [[ $COMP_CWORD == 2 && ${COMP_WORDS[1]} == sagemaker && $line == *"sagemaker ${COMP_WORDS[2]}" ]]; then
        COMPREPLY=($(compgen -W "${_awsshadow_operations-}" -- "${COMP_WORDS[2]}"))
        [[ ${#COMPREPLY[@]} == 0 ]] || return 0
    fi
    COMPREPLY=($(COMP_LINE=$COMP_LINE COMP_POINT=$COMP_POINT awsshadow_completer 2>/dev/null))
    # bash replaces only what follows the last of COMP_WORDBREAKS (":" and "=" among them), or the quote.
    word=${line##*[[:space:]]}
    prefix=${word%"${word##*["$COMP_WORDBREAKS"]}"}
    for i in "${!COMPREPLY[@]}"; do
        COMPREPLY[i]=${COMPREPLY[i]#"$prefix"}
        # A blank in the name of a file, outside quotes.
        [[ ${COMPREPLY[i]} != *\ * || ${COMP_WORDS[COMP_CWORD]} == *[\'\"]* ]] || COMPREPLY[i]=${COMPREPLY[i]// /\\ }
    done
    if [[ ${COMPREPLY[0]-} == *[/=.{[] || $line =~ --query[=\ ][^\ ]*$ ]]; then
        compopt -o nospace 2>/dev/null
    fi
    return 0
}
complete -F _awsshadow awsshadow
