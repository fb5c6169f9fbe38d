# PowerShell completion for awsshadow: awsshadow completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName awsshadow -ScriptBlock {
    param($word, $command, $cursor)
    # The cursor is counted from the start of the input; the command may begin later, and lacks trailing blanks.
    $point = $cursor - $command.Extent.StartOffset
    $env:COMP_LINE = $command.ToString().PadRight($point)
    $env:COMP_POINT = $point
    $env:AWSSHADOW_COMPLETE = 'described'
    try {
        & awsshadow completion answer 2>$null | Where-Object { $_ } | ForEach-Object {
            $text, $about = $_ -split "`t", 2
            if (-not $about) { $about = $text }
            # What PowerShell would read as more than a word stands in quotes, unless the user has begun one.
            $typed = $text
            if ($text -match '[\s''"`$;&|<>(){}@,#]' -and $word -notmatch '^[''"]') {
                $typed = "'" + $text.Replace("'", "''") + "'"
            }
            [System.Management.Automation.CompletionResult]::new($typed, $text, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:COMP_LINE, Env:COMP_POINT, Env:AWSSHADOW_COMPLETE
    }
}
