package io.keyturn.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressBlockTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7",
    "::ffff:192.0.2.7, 192.0.2.7",
    "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
    "2001:db8:1:2::1, 2001:db8:1:2::/64",
    "2001:0db8:0001:0002:0000:0000:0000:0009, 2001:db8:1:2::/64",
    "2001:db8:1:3::1, 2001:db8:1:3::/64",
    "fe80::1%eth0, fe80::/64",
    "::1, ::/64",
    "nonsense, nonsense"
  })
  void addressesOfOneNetworkAreCountedAsOne(String address, String key) {
    assertThat(AddressBlock.budgetKey(address)).isEqualTo(key);
  }
}
