package org.mortal.chip.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.mortal.chip.Refusals.assertIllegal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mortal.chip.Read;

/// Every enum is the list's, and the list is the firmware's.
class CommandListTest {
  private static final CommandList LIST = CommandList.DRIVER;

  @Test
  void enumsAreThoseOfTheList() {
    assertEquals(LIST.numbers("COMMAND"), numbers(Command.values()));
    assertEquals(LIST.numbers("EVENT"), numbers(Event.values()));
    assertEquals(LIST.numbers("STATUS"), numbers(Status.values()));
    assertEquals(LIST.numbers("QUANTITY"), numbers(Quantity.values()));
    assertEquals(LIST.numbers("FORMAT"), numbers(Format.values()));
    assertEquals(LIST.numbers("COUNTER"), numbers(CounterName.values()));
    assertEquals(LIST.numbers("CAUSE"), numbers(Cause.values()));
    assertEquals(LIST.numbers("LEVEL"), numbers(Severity.values()));
    assertEquals(LIST.numbers("SETTING"), numbers(Setting.values()));
    Map<String, Integer> senses = new LinkedHashMap<>();
    for (Read.Sense sense : Read.Sense.values()) {
      senses.put(sense.name(), sense.ordinal());
    }
    assertEquals(LIST.numbers("SENSE"), senses);
  }

  private static <E extends Enum<E> & Coded> Map<String, Integer> numbers(E[] values) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    for (E value : values) {
      numbers.put(value.name(), value.code());
    }
    return numbers;
  }

  @Test
  void schemaIsThatOfTheVectors() throws IOException {
    Map<String, String> vectors = new LinkedHashMap<>();
    Vectors.lines("schema.txt").forEach(line -> vectors.put(line[0], line[1]));
    assertEquals(Vectors.number(vectors.get("hash")), LIST.schema());
    assertEquals(Integer.parseInt(vectors.get("lines")), LIST.entries().size());
  }

  @Test
  void aChangedWordIsAnotherSchema() {
    String text = "COMMAND(PING, 16, \"bytes:u8[]\", \"\") STATUS(OK, 0)";
    int schema = CommandList.parse(text).schema();
    assertEquals(schema, CommandList.parse("/* A comment. */" + text).schema());
    assertNotEquals(schema, CommandList.parse(text.replace("u8", "u16")).schema());
    assertNotEquals(schema, CommandList.parse(text.replace("OK", "FINE")).schema());
  }

  @Test
  void whatIsNoEntryIsRefused() {
    assertIllegal(() -> CommandList.parse("STATUS(OK, 0) STATUS(BAD 1)"), "STATUS(BAD 1)");
  }

  @Test
  void unknownNumbersAreNull() {
    assertNull(Coded.find(Status.values(), 200));
    assertEquals(Status.LATE, Coded.find(Status.values(), 6));
  }
}
