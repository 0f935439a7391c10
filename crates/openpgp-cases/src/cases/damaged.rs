//! Files that are damaged, swapped, or something else.

use super::list::List;
use super::{BAD, GOOD, MALFORMED, MISSING, UNBOUND, differs};

impl List {
    pub(super) fn damaged(&mut self, pin: &dyn Fn(&str) -> String) {
        let key: &[&str] = &["ed25519.gpg"];
        let signature = "ed25519-SHA256.sig";
        self.add("another file", key, signature, BAD).over("other.bin");
        self.add("empty file", key, signature, BAD).over("empty.bin");
        self.add("signature given as data", key, signature, BAD).over(signature);
        self.add("armored", key, "ed25519-armored.sig", GOOD);
        self.add("armored, CRLF", key, "crlf.sig", GOOD);
        self.add("armored, text around it", key, "around.sig", GOOD);
        self.add("armored, wrong checksum", key, "wrong-sum.sig", MALFORMED);
        self.add("armored, no end", key, "no-end.sig", MALFORMED);
        self.add("optional notation", key, "ed25519-notation-optional.sig", GOOD);
        self.add("critical notation", key, "ed25519-notation.sig", MALFORMED);
        self.add("over text", key, "ed25519-text.sig", MALFORMED).but(differs::TEXT);
        for file in ["half.sig", "cut.sig", "byte.sig"] {
            self.add(&format!("signature cut off, {file}"), key, file, MALFORMED);
        }
        self.add("signature changed", key, "flipped.sig", BAD);
        for file in ["rubbish-behind.sig", "zeros-behind.sig"] {
            self.add(file, key, file, &["good", "malformed"]).but(differs::TRAILING);
        }
        for (file, why) in [
            ("empty.sig", "empty"),
            ("page.sig", "a web page"),
            ("rubbish-before.sig", "something before it"),
            ("ed25519.gpg", "a key"),
            ("ed25519.asc", "an armored key"),
            ("secret.gpg", "a private key"),
            ("ed25519-inline.sig", "a signed message"),
            ("ed25519-clear.sig", "a signed text"),
            ("data.bin", "the data"),
        ] {
            self.add(&format!("signature is {why}"), key, file, &[]).refused("signature");
        }
        for (file, why) in [
            ("empty.gpg", "empty"),
            ("secret.gpg", "a private key"),
            ("secret.asc", "an armored private key"),
            ("ed25519-SHA256.sig", "a signature"),
            ("ed25519-armored.sig", "an armored signature"),
            ("other.bin", "a cloud-config"),
            ("data.bin", "the data"),
        ] {
            let case = self.add(&format!("keyring is {why}"), &[file], signature, &[]).refused("keyring");
            if file.starts_with("secret") {
                case.but(differs::PRIVATE);
            }
        }
        self.add("keyring with text around two keys", &["around.asc"], signature, GOOD);
        self.add("keyring with rubbish behind", &["rubbish-behind.gpg"], signature, GOOD)
            .but(differs::DAMAGED_KEYRING);
        self.add("keyring with rubbish before", &["rubbish-before.gpg"], signature, &[]).refused("keyring");
        self.add("keyring cut off", &["half.gpg"], signature, MISSING);
        self.add("subkey without binding", &["no-binding.gpg"], signature, UNBOUND);
        self.add("primary key without its own signature", &["no-self-signature.gpg"], signature, UNBOUND);
        self.add("primary key without user ID", &["no-user-id.gpg"], signature, UNBOUND);
        self.add("primary key without user ID, pinned", &["no-user-id.gpg"], signature, GOOD)
            .with(|it| it.fingerprints = vec![pin("ed25519")])
            .but(differs::NO_USER_ID);
        self.add("subkey grafted onto another key", &["grafted.gpg"], signature, UNBOUND);
        self.add(
            "subkey grafted onto another key, beside its own",
            &["grafted.gpg", "ed25519.gpg"],
            signature,
            GOOD,
        );
        self.add("revocation of another key", &["others-revocation.gpg"], signature, GOOD);
    }
}
