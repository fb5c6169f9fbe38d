# PowerShell completion for awsshadow: awsshadow completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName awsshadow -ScriptBlock {
    param($word, $line, $cursor)
    $env:COMP_LINE = $line.ToString().PadRight($cursor)
    $env:COMP_POINT = $cursor
    $env:AWSSHADOW_COMPLETE = 'described'
    try {
        awsshadow completion answer 2>$null | Where-Object { $_ } | ForEach-Object {
            $text, $about = $_ -split "`t", 2
            if (-not $about) { $about = $text }
            [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:COMP_LINE, Env:COMP_POINT, Env:AWSSHADOW_COMPLETE
    }
}
