package io.keyturn.supplier.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.csv.CsvFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SupplierExportTest {

  @Test
  void fileThatAFailureCutsOffIsNotTakenForAWholeOne() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SupplierExport.File file =
        SupplierExport.whole(
            writer -> {
              writer.write("\"name\"\r\n\"A\"\r\n");
              throw new IllegalStateException("the database is gone");
            });

    assertThatThrownBy(() -> file.write(out)).hasMessage("the database is gone");

    CsvFile read = new CsvFile(new ByteArrayInputStream(out.toByteArray()));
    assertThat(read.next()).isNotNull();
    assertThat(read.next()).isNotNull();
    assertThatThrownBy(read::next).hasMessageContaining("quotation mark");
  }
}
