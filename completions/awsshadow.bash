# bash completion for awsshadow: eval "$(awsshadow completion bash)"
_awsshadow() {
    local IFS=$'\n' line=${COMP_LINE:0:COMP_POINT} word prefix answer REPLY i
    # Names of operations are known here: no program is started for them.
    if [[ $COMP_CWORD == 2 && ${COMP_WORDS[1]} == sagemaker && $line == *"sagemaker ${COMP_WORDS[2]}" ]]; then
        COMPREPLY=($(compgen -W "${_awsshadow_operations-}" -- "${COMP_WORDS[2]}"))
        [[ ${#COMPREPLY[@]} == 0 ]] || return 0
    fi
    answer=$(COMP_LINE=$COMP_LINE COMP_POINT=$COMP_POINT awsshadow_completer 2>/dev/null)
    # Read line by line: an array of unquoted words would hold the files that a name happens to match.
    COMPREPLY=()
    while read -r word; do
        [[ -z $word ]] || COMPREPLY+=("$word")
    done <<< "$answer"
    # bash replaces only what follows the last of COMP_WORDBREAKS (":" and "=" among them), or the quote.
    word=${line##*[[:space:]]}
    prefix=${word%"${word##*["$COMP_WORDBREAKS"]}"}
    if [[ ${COMPREPLY[0]-} == *[/=.{[] || $line =~ --query[=\ ][^\ ]*$ ]]; then
        compopt -o nospace 2>/dev/null
    fi
    for i in "${!COMPREPLY[@]}"; do
        _awsshadow_quoted "${COMPREPLY[i]#"$prefix"}" "$line"
        COMPREPLY[i]=$REPLY
    done
    return 0
}
# The text $1 as it stands for itself at the end of the line $2, within the quote that is open there or without: REPLY.
_awsshadow_quoted() {
    local special=$' \t\\\'"$`;&|<>()!*?#~' quote= char i
    REPLY=$1
    [[ $1 == *["$special"]* ]] || return 0
    for ((i = 0; i < ${#2}; i++)); do
        char=${2:i:1}
        if [[ $char == \\ && $quote != \' ]]; then
            ((i++))
        elif [[ -n $quote ]]; then
            [[ $char != "$quote" ]] || quote=
        elif [[ $char == [\'\"] ]]; then
            quote=$char
        fi
    done
    REPLY=
    for ((i = 0; i < ${#1}; i++)); do
        char=${1:i:1}
        if [[ $quote == \' ]]; then
            [[ $char != \' ]] || char="'\\''"
        elif [[ $quote == \" ]]; then
            [[ $char != [\\\"\$\`] ]] || char="\\$char"
        elif [[ $char == ["$special"] ]]; then
            char="\\$char"
        fi
        REPLY+=$char
    done
}
complete -F _awsshadow awsshadow
