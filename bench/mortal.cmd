@echo off
rem Starts Mortal on Windows: finds a JDK, builds when the sources changed, and runs. See bench/mortal for the settings.
setlocal EnableExtensions DisableDelayedExpansion
set "MORTAL_CMD=%~f0"
set "MORTAL_JDK="
set "MORTAL_ARGUMENTS="
rem The second half of this file prints the JDK and a file with the class path (where semicolons separate), or says on
rem standard error why there is none or no build.
for /f "usebackq delims=" %%J in (`powershell -NoProfile -ExecutionPolicy Bypass -Command "$t = [IO.File]::ReadAllText($env:MORTAL_CMD); Invoke-Expression $t.Substring($t.LastIndexOf('#POWERSHELL'))"`) do if not defined MORTAL_JDK (set "MORTAL_JDK=%%J") else set "MORTAL_ARGUMENTS=%%J"
if not defined MORTAL_ARGUMENTS exit /b 1
if not defined XDG_CACHE_HOME set "XDG_CACHE_HOME=%LOCALAPPDATA%"
rem Nd4j's threads would spin beside ours.
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
"%MORTAL_JDK%\bin\java.exe" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow --add-modules=jdk.incubator.vector -Djava.awt.headless=true -Xshare:auto "-Dorg.bytedeco.javacpp.cachedir=%XDG_CACHE_HOME%\mortal\javacpp" -Dorg.slf4j.simpleLogger.logFile=System.err "-Dmortal.root=%~dp0.." %MORTAL_JAVA_OPTS% "@%MORTAL_ARGUMENTS%" org.mortal.bench.Mortal %*
exit /b %ERRORLEVEL%

#POWERSHELL
$ErrorActionPreference = 'Stop'
$needed = 25
$bench = Split-Path -Parent $env:MORTAL_CMD
$root = Split-Path -Parent $bench
$target = Join-Path $bench 'target'
$stamp = Join-Path $target 'built.stamp'
$arguments = Join-Path $target 'classpath.args'
$sources = Test-Path -LiteralPath (Join-Path $bench 'src\main')

function Fail($message) {
  [Console]::Error.WriteLine("mortal: $message")
  exit 1
}

# The major version of the JDK in a directory, 0 where there is none.
function Get-Major($jdk) {
  $release = Join-Path $jdk 'release'
  if (-not (Test-Path -LiteralPath $release) -or -not (Test-Path -LiteralPath (Join-Path $jdk 'bin\java.exe'))) { return 0 }
  if ($sources -and -not (Test-Path -LiteralPath (Join-Path $jdk 'bin\javac.exe'))) { return 0 }
  if ([IO.File]::ReadAllText($release) -match '(?m)^JAVA_VERSION="?(\d+)') { return [int]$Matches[1] }
  return 0
}

function Find-Jdk {
  if ($env:MORTAL_JAVA_HOME) {
    if ((Get-Major $env:MORTAL_JAVA_HOME) -ge $needed) { return $env:MORTAL_JAVA_HOME }
    Fail "MORTAL_JAVA_HOME=$env:MORTAL_JAVA_HOME is not a JDK $needed or newer; correct or unset it"
  }
  $places = @()
  if ($env:JAVA_HOME) { $places += $env:JAVA_HOME }
  $java = Get-Command java.exe -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($java) { $places += Split-Path -Parent (Split-Path -Parent $java.Source) }
  foreach ($place in $places) {
    if ((Get-Major $place) -ge $needed) { return $place }
  }
  $patterns = "$env:ProgramFiles\Eclipse Adoptium\*", "$env:ProgramFiles\Java\*", "$env:ProgramFiles\Microsoft\jdk*",
    "$env:ProgramFiles\Zulu\*", "$env:ProgramFiles\Amazon Corretto\*", "$env:USERPROFILE\.jdks\*"
  $found = Get-Item -Path $patterns -ErrorAction SilentlyContinue |
    Where-Object { (Get-Major $_.FullName) -ge $needed } | Sort-Object { Get-Major $_.FullName } | Select-Object -First 1
  if ($found) { return $found.FullName }
  Fail "no JDK $needed or newer found; install one (such as Eclipse Temurin, https://adoptium.net) or set MORTAL_JAVA_HOME to it"
}

function Test-UpToDate {
  if (-not (Test-Path -LiteralPath $stamp) -or -not (Test-Path -LiteralPath $arguments)) { return $false }
  $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
  $inputs = @(Get-Item -Path "$root\pom.xml", "$root\*\pom.xml", "$root\*\src\main", "$root\firmware\core", "$root\firmware\port", "$root\firmware\protocol\commands.def")
  $inputs += @(Get-ChildItem -Path "$root\*\src\main", "$root\firmware\core", "$root\firmware\port" -Recurse)
  return -not ($inputs | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1)
}

function Invoke-Build {
  [Console]::Error.WriteLine('building mortal (first time, or the sources changed)...')
  $started = [DateTime]::UtcNow
  $log = Join-Path $target 'build.log'
  Push-Location -LiteralPath $root
  & cmd.exe /d /c "mvnw.cmd --batch-mode --no-transfer-progress -DskipTests package > `"$log`" 2>&1"
  $code = $LASTEXITCODE
  Pop-Location
  if ($code -ne 0) {
    Get-Content -LiteralPath $log | Where-Object { $_ -notmatch '^\[INFO\]' } | Select-Object -Last 40 |
      ForEach-Object { [Console]::Error.WriteLine($_) }
    Fail "the build failed; all of it is in $log"
  }
  # The class path is longer than a command line may be, so java reads it from a file.
  $jars = foreach ($module in 'bench', 'learning', 'sim', 'driver') {
    Get-Item -Path "$root\$module\target\mortal-$module-*.jar" |
      Where-Object { $_.Name -notmatch '-(tests|sources|javadoc)\.jar$' } | ForEach-Object { $_.FullName }
  }
  $libraries = [IO.File]::ReadAllText((Join-Path $target 'classpath.txt')).Trim()
  $path = ((@($jars) + $libraries) -join ';').Replace('\', '/')
  [IO.File]::WriteAllText($arguments, "-cp `"$path`"", [Text.Encoding]::Default)
  [IO.File]::WriteAllText($stamp, '')
  [IO.File]::SetLastWriteTimeUtc($stamp, $started)
}

$jdk = Find-Jdk
if ($sources) {
  if (-not (Test-UpToDate)) {
    $env:JAVA_HOME = $jdk
    [void][IO.Directory]::CreateDirectory($target)
    # One build at a time: the lock goes with the process.
    $lock = $null
    while (-not $lock) {
      try { $lock = [IO.File]::Open((Join-Path $target 'build.lock'), 'OpenOrCreate', 'ReadWrite', 'None') }
      catch [IO.IOException] { Start-Sleep -Milliseconds 500 }
    }
    if (-not (Test-UpToDate)) { Invoke-Build }
    $lock.Close()
  }
} elseif (-not (Test-Path -LiteralPath $arguments)) {
  Fail "neither sources nor a whole build in $root; get either"
}
if ($env:MORTAL_CLASSPATH) {
  # Java takes one class path, so another file holds both; its name keeps calls with different ones apart.
  $path = [IO.File]::ReadAllText($arguments).TrimEnd('"') + ';' + $env:MORTAL_CLASSPATH.Replace('\', '/') + '"'
  $arguments = Join-Path $target ('classpath-{0:x8}.args' -f $env:MORTAL_CLASSPATH.GetHashCode())
  [IO.File]::WriteAllText($arguments, $path, [Text.Encoding]::Default)
}
Write-Output $jdk
Write-Output $arguments
