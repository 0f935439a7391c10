//! The languages that templates are written in.

/// A language of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Terraform's `templatefile`: `${…}`, `%{…}`.
    Terraform,
    /// Jinja, as Ansible fills it: `{{…}}`, `{%…%}`, `{#…#}`.
    Jinja,
    /// Go's `text/template`: `{{…}}`.
    Go,
    /// Embedded Ruby: `<%…%>`, and `@@NAME@@` of build scripts.
    Embedded,
    /// Whatever the file around a text fills in: `$NAME` of a shell, `{"Ref": "Name"}` of CloudFormation.
    Host,
}

impl Syntax {
    /// The name for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Terraform => "Terraform template",
            Self::Jinja => "Jinja template",
            Self::Go => "Go template",
            Self::Embedded => "template with `<%…%>` or `@@…@@`",
            Self::Host => "text that the file around it fills in",
        }
    }

    /// The name in output formats.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Jinja => "jinja",
            Self::Go => "go",
            Self::Embedded => "embedded",
            Self::Host => "host",
        }
    }

    /// What opens and closes a tag, and what kind it is.
    pub(super) fn tags(self) -> &'static [(&'static str, &'static str, Tag)] {
        match self {
            Self::Terraform => &[("${", "}", Tag::Value), ("%{", "}", Tag::Control)],
            Self::Jinja => {
                &[("{{", "}}", Tag::Value), ("{%", "%}", Tag::Control), ("{#", "#}", Tag::Comment)]
            }
            Self::Go => &[("{{", "}}", Tag::Action)],
            Self::Embedded => &[
                ("<%=", "%>", Tag::Value),
                ("<%#", "%>", Tag::Comment),
                ("<%", "%>", Tag::Control),
                ("@@", "@@", Tag::Value),
            ],
            Self::Host => &[],
        }
    }

    /// The language of a file, by the end of its name and what is in it; none for a file that is not a template by name.
    #[must_use]
    pub fn of_file(name: &str, text: &str) -> Option<Self> {
        let file = name.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let (rest, end) = file.rsplit_once('.')?;
        match end {
            // A template of Packer, whose name says what it becomes, too.
            "hcl" if rest.ends_with(".pkrtpl") => Some(Self::Terraform),
            "tftpl" => Some(Self::Terraform),
            "j2" | "jinja" | "jinja2" => Some(Self::Jinja),
            "gotmpl" => Some(Self::Go),
            "erb" => Some(Self::Embedded),
            "in" if text.contains("@@") => Some(Self::Embedded),
            "tpl" | "tmpl" | "template" => {
                let all = [Self::Terraform, Self::Jinja, Self::Go, Self::Embedded];
                // Jinja has values like Go's and more.
                let is_jinja = ["{%", "{#"].iter().any(|mark| text.contains(mark));
                all.into_iter().find(|syntax| match syntax {
                    Self::Terraform => text.contains("%{") || (text.contains("${") && !text.contains("{{")),
                    Self::Jinja => is_jinja,
                    Self::Go => text.contains("{{"),
                    Self::Embedded => text.contains("<%") || text.contains("@@"),
                    Self::Host => false,
                })
            }
            _ => None,
        }
    }
}

/// What a tag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// It stands for a value.
    Value,
    /// It decides about what is around it.
    Control,
    /// It stands for nothing.
    Comment,
    /// Its first word says whether it is a value or decides.
    Action,
}

#[cfg(test)]
mod tests {
    use super::Syntax;

    #[test]
    fn files_are_templates_by_name() {
        for (name, text, syntax) in [
            ("user-data.tftpl", "", Some(Syntax::Terraform)),
            ("dir/user-data.yaml.tpl", "a: ${b}", Some(Syntax::Terraform)),
            ("user-data.tpl", "a: {{ .b }}", Some(Syntax::Go)),
            ("user-data.yml.j2", "", Some(Syntax::Jinja)),
            ("user-data.tmpl", "{% if a %}", Some(Syntax::Jinja)),
            ("user-data.in", "a: @@B@@", Some(Syntax::Embedded)),
            ("http/user-data.pkrtpl.hcl", "a: ${b}", Some(Syntax::Terraform)),
            ("user-data.yaml", "a: ${b}", None),
            ("user-data", "%{ for a in b }", None),
        ] {
            assert_eq!(Syntax::of_file(name, text), syntax, "{name}");
        }
    }
}
