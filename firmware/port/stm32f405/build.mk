# Two images from the same sources: mortal-stm32f405 for the reference board, mortal-stm32f405-emulated for QEMU. They
# differ in what stands behind array.h and store.h. Included by the Makefile above.

STM32F405 = $(TARGET)/stm32f405
STM32F405_PORT = port/stm32f405
STM32F405_IMAGES = $(STM32F405)/mortal-stm32f405 $(STM32F405)/mortal-stm32f405-emulated

# Drivers of the board's parts that see no register of the processor: tests run them on the host.
BOARD_DRIVER_SOURCES = $(addprefix $(STM32F405_PORT)/,ad5676r.c ad7606c.c adg714.c front_end.c store_flash.c)

STM32F405_SHARED = $(CORE_SOURCES) $(addprefix $(STM32F405_PORT)/,startup.c main.c hal.c clock.c serial.c)
STM32F405_BOARD = $(BOARD_DRIVER_SOURCES) $(addprefix $(STM32F405_PORT)/,array_board.c wiring.c flash.c)
STM32F405_EMULATED = port/backplane.c $(addprefix $(STM32F405_PORT)/,array_emulated.c semihosting.c store_none.c)

STM32F405_PROCESSOR = -mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16
STM32F405_FLAGS = $(LANGUAGE) $(WARNINGS) $(DEPENDENCIES) $(STM32F405_PROCESSOR) -Os -g -ffunction-sections \
    -fdata-sections -fcallgraph-info=su
STM32F405_LINK = $(STM32F405_PROCESSOR) -specs=nano.specs -nostartfiles -Wl,--gc-sections -T $(STM32F405_PORT)/memory.ld

stm32f405_objects = $(patsubst %.c,$(STM32F405)/objects/%.o,$(STM32F405_SHARED) $(1))

stm32f405: $(STM32F405_IMAGES:=.elf) $(STM32F405)/mortal-stm32f405.bin $(STM32F405)/template.checked footprint

$(STM32F405)/mortal-stm32f405.elf: $(call stm32f405_objects,$(STM32F405_BOARD))
$(STM32F405)/mortal-stm32f405-emulated.elf: $(call stm32f405_objects,$(STM32F405_EMULATED))

$(STM32F405_IMAGES:=.elf): $(STM32F405_PORT)/memory.ld
	$(ARM_CC) $(STM32F405_LINK) -o $@ $(filter %.o,$^) -lm
	@printf '%s\n' $(filter %.o,$^) > $@.objects

$(STM32F405)/%.bin: $(STM32F405)/%.elf
	arm-none-eabi-objcopy -O binary $< $@

$(STM32F405)/objects/%.o: %.c
	@mkdir -p $(@D)
	$(ARM_CC) $(STM32F405_FLAGS) -c -o $@ $<

# The port to copy compiles for both sides and lacks no function.
$(STM32F405)/template.checked: port/template/hal.c $(wildcard core/*.h)
	@mkdir -p $(@D)
	$(ARM_CC) $(LANGUAGE) $(WARNINGS) $(STM32F405_PROCESSOR) -fsyntax-only $<
	$(CC) $(LANGUAGE) $(WARNINGS) -fsyntax-only $<
	@touch $@

footprint: $(STM32F405_IMAGES:=.footprint)

# Never linked: its symbols' sizes are those of the buffers.
$(STM32F405)/%.footprint: $(STM32F405)/%.elf $(STM32F405)/objects/$(STM32F405_PORT)/footprint.o
	@sh $(STM32F405_PORT)/footprint.sh $^

.PHONY: footprint
