//! What there is to know about a key: for hover, for `explain` and for the reference.

/// What there is to know about a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyDoc {
    /// Where it stands: `users[].sudo`, with `*` for names that are up to the user.
    pub path: String,
    /// What reads it, such as a module of the program; empty where that needs no saying.
    pub reader: String,
    /// What it does, in one sentence or more.
    pub doc: String,
    /// What its value is, as it reads behind "Type:".
    pub kind: String,
    /// What holds without it, as YAML; empty where there is nothing to name.
    pub default: &'static str,
    /// Whether it must be there when what it stands in is.
    pub required: bool,
    /// The environment variable that it becomes; empty for most.
    pub variable: &'static str,
    /// The release that was the first to act on it; empty if every release does.
    pub since: String,
    /// The release that removed it; empty if none did.
    pub until: String,
    /// Since when it is deprecated and what takes its place, as it reads behind "Deprecated"; empty if it is not.
    pub deprecated: String,
    /// What the chosen version does with it, as sentences, where that is not what the others do.
    pub notes: Vec<String>,
}

impl KeyDoc {
    /// Everything but the path, in paragraphs of plain text with code in backticks.
    #[must_use]
    pub fn text(&self) -> String {
        let mut paragraphs = Vec::new();
        if !self.doc.is_empty() {
            paragraphs.push(self.doc.clone());
        }
        let mut facts = format!("Type: {}.", self.kind);
        if !self.default.is_empty() {
            facts.push_str(&format!(" Default: `{}`.", self.default));
        }
        if self.required {
            facts.push_str(" Required.");
        }
        paragraphs.push(facts);
        let mut add = |condition: &str, paragraph: String| {
            if !condition.is_empty() {
                paragraphs.push(paragraph);
            }
        };
        add(self.variable, format!("Environment variable: `{}`.", self.variable));
        add(&self.since, format!("Works since {}.", self.since));
        add(&self.until, format!("Removed in {}.", self.until));
        add(&self.deprecated, format!("Deprecated {}.", self.deprecated));
        paragraphs.extend(self.notes.iter().cloned());
        paragraphs.join("\n\n")
    }
}
