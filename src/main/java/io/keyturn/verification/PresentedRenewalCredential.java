package io.keyturn.verification;

import io.keyturn.renewal.ClientCredentials;
import io.keyturn.usage.Client;
import java.util.Optional;

/**
 * A renewal credential that somebody presents in place of its key's secret.
 *
 * @param organisation the domain of the organisation that the key must belong to, if any
 * @param client who uses the credential, as it is noted and as the networks see it
 * @param sender the address that may send only so many wrong credentials
 */
record PresentedRenewalCredential(
    ClientCredentials credentials,
    Optional<String> organisation,
    Client client,
    String sender,
    Use use) {}
