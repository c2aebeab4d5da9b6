# Prints an image's footprint, and fails if it is above the limits: footprint.sh IMAGE.elf BUFFERS.o, where the object's
# symbols are as large as the buffers.
set -eu
elf=$1
buffers_object=$2
most_flash=65536
most_ram=32768
here=$(dirname "$0")

set -- $(arm-none-eabi-size -A "$elf" | awk '
    $1 == ".text" || $1 == ".ARM.exidx" { text += $2 }
    $1 == ".data" { data = $2 }
    $1 == ".bss" { bss = $2 }
    $1 == ".stack" { stack = $2 }
    END { print text + 0, data + 0, bss + 0, stack + 0 }')
text=$1 data=$2 bss=$3 stack=$4

# The backplane's buffer is in the emulated image only.
buffers=0
for size in $(arm-none-eabi-nm -S "$buffers_object" | awk '$4 ~ /_buffers$/ { print $2 }') \
        $(arm-none-eabi-nm "$elf" | grep -q ' backplane_boot$' &&
          arm-none-eabi-nm -S "$buffers_object" | awk '$4 == "backplane_buffer" { print $2 }'); do
    buffers=$((buffers + 0x$size))
done

# Which objects are in the image stands in the list that the build leaves beside it.
worst=$(sed 's/\.o$/.ci/' "$elf.objects" | xargs awk -f "$here/stack.awk" 2>"$elf.stack") ||
    { cat "$elf.stack" >&2; exit 1; }

flash=$((text + data))
ram=$((data + bss - buffers + worst))
echo "$(basename "$elf"): text $text, data $data, bss $bss of which buffers $buffers, worst stack $worst of $stack;" \
    "flash $flash of $most_flash, RAM beside the buffers $ram of $most_ram bytes"
[ "$flash" -le "$most_flash" ] || { echo "flash is above its limit" >&2; exit 1; }
[ "$ram" -le "$most_ram" ] || { echo "RAM beside the buffers is above its limit" >&2; exit 1; }
[ "$worst" -le "$stack" ] || { echo "the stack may grow over its $stack bytes" >&2; exit 1; }
