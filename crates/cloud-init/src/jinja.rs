//! Texts that begin with `## template: jinja`, filled with what is known of a machine.
//!
//! Source: cloud-init 26.2, `templater.py` and `handlers/jinja_template.py`.

#[cfg(feature = "jinja")]
mod data;
#[cfg(feature = "jinja")]
mod engine;
mod map;
#[cfg(feature = "jinja")]
mod marks;
#[cfg(feature = "jinja")]
mod names;
#[cfg(not(feature = "jinja"))]
mod without;

#[cfg(feature = "jinja")]
pub use data::InstanceData;
#[cfg(feature = "jinja")]
pub use engine::render;
pub use map::SourceLines;
#[cfg(not(feature = "jinja"))]
pub use without::{InstanceData, render};

/// What stands in the text for a variable that is not known, followed by its name.
pub const MISSING: &str = "CI_MISSING_JINJA_VAR/";

/// A filled template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The text, without the line that says it is a template.
    pub text: String,
    /// Where its lines come from.
    pub lines: SourceLines,
}

/// Why a template cannot be rendered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong, in lower case without a full stop.
    pub message: String,
    /// The line of the template, from 1.
    pub line: usize,
    /// What cloud-init fails at.
    pub stage: Stage,
}

/// What cloud-init does with a template, one after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Looks at the first line, which says that it is one.
    FirstLine,
    /// Reads it.
    Reading,
    /// Fills it.
    Filling,
}

/// Looks at the first line of a template. What stands before it is skipped where the kind of a text is looked for, and not
/// here.
///
/// # Errors
/// When it is not that of a template for Jinja.
#[cfg(feature = "jinja")]
fn check_first_line(text: &str) -> Result<(), TemplateError> {
    let line = text.split('\n').next().unwrap_or_default();
    let fault = |stage, message| Err(TemplateError { message, line: 1, stage });
    let word = "template:";
    let language = line.strip_prefix("##").map(str::trim_start).and_then(|rest| {
        let (start, language) = rest.split_at_checked(word.len())?;
        start.eq_ignore_ascii_case(word).then(|| language.trim().to_lowercase())
    });
    match language.as_deref() {
        Some("jinja") => Ok(()),
        None | Some("basic") => {
            fault(Stage::FirstLine, "the text must begin with `## template: jinja`".to_owned())
        }
        Some(_) => fault(Stage::Filling, "only `jinja` may stand after `## template:`".to_owned()),
    }
}

#[cfg(all(test, feature = "jinja"))]
#[expect(clippy::expect_used, reason = "a test that fails says where")]
mod tests {
    use super::*;

    fn data() -> InstanceData {
        let json = r#"{"v1": {"region": "eu", "local-hostname": "a", "list": [1, 2]}, "ds": {"meta_data": {"instance-id": "i-1"}}}"#;
        InstanceData::parse(json).expect("instance data")
    }

    fn filled(body: &str) -> String {
        render(&format!("## template: jinja\n{body}"), &data())
            .map_or_else(|error| error.message, |filled| filled.text)
    }

    #[test]
    fn variables_are_found_under_their_names_aliases_and_at_the_top() {
        assert_eq!(filled("a: {{ v1.region }}\n"), "a: eu\n");
        assert_eq!(filled("a: {{ region }}"), "a: eu");
        assert_eq!(filled("a: {{ v1.local_hostname }} {{ ds.meta_data.instance_id }}"), "a: a i-1");
        assert_eq!(filled("a: {{ v1['local-hostname'] }}"), "a: a");
        assert_eq!(filled("a: {{ true }} {{ none }}"), "a: True None");
    }

    #[test]
    fn what_is_not_known_is_marked_and_nothing_is_inside_of_it() {
        assert!(filled("a: {{ nothing }}").contains(MISSING));
        let error =
            render("## template: jinja\na: 1\nb: {{ nothing.at.all }}", &data()).expect_err("an error");
        assert_eq!(error.stage, Stage::Filling);
        assert_eq!(error.line, 3);
    }

    #[test]
    fn a_template_that_cannot_be_read_says_where() {
        let error = render("## template: jinja\na: 1\nb: {{ v1.region }\n", &data()).expect_err("an error");
        assert_eq!(error.stage, Stage::Reading);
        assert_eq!(error.line, 3);
    }

    #[test]
    fn the_first_line_must_be_that_of_a_template_for_jinja() {
        for (line, stage) in [
            ("## template: jinja", None),
            ("##Template:  JINJA ", None),
            (" ## template: jinja", Some(Stage::FirstLine)),
            ("\n## template: jinja", Some(Stage::FirstLine)),
            ("## template: basic", Some(Stage::FirstLine)),
            ("## template: jinja2", Some(Stage::Filling)),
        ] {
            let rendered = render(&format!("{line}\n#cloud-config\n"), &data());
            assert_eq!(rendered.err().map(|error| error.stage), stage, "{line}");
        }
    }

    #[test]
    fn a_template_that_never_ends_is_stopped() {
        let text = "## template: jinja\n{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% \
            endfor %}";
        assert!(render(text, &data()).is_err());
    }

    #[test]
    fn each_line_knows_the_line_that_it_comes_from() {
        let text =
            "## template: jinja\n#cloud-config\n{% for n in v1.list %}\n- {{ n }}\n{% endfor %}\nlast: 1\n";
        let filled = render(text, &data()).expect("a text");
        assert_eq!(filled.text, "#cloud-config\n- 1\n- 2\nlast: 1\n");
        let source: Vec<usize> = (1..=4).map(|line| filled.lines.source_line(line)).collect();
        assert_eq!(source, [2, 4, 4, 6]);
    }

    #[test]
    fn white_space_control_is_not_disturbed() {
        assert_eq!(filled("a:\n  {%- if true %} 1{% endif %}\n"), "a: 1\n");
        assert_eq!(filled("a:{% if true -%}\n   1{% endif %}\n"), "a:1\n");
        assert_eq!(filled("{% raw %}\n  {{ x }}\n{% endraw %}\nb: 1\n"), "  {{ x }}\nb: 1\n");
    }
}
