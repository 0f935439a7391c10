use dryboot_lint::{Safety, Severity};
use dryboot_yaml::{Span, SyntaxError};

use super::tab_indentation;
use super::yaml_help::Spot;
use crate::header::Header;
use crate::jinja::{InstanceData, Stage, TemplateError, render};
use crate::lint::{Context, Rule, line_span};
use crate::rules::docs;
use crate::verdict::Cause;

pub(super) static RULE: Rule =
    Rule { name: "yaml-syntax", severity: Severity::Error, docs: docs!("yaml_syntax.md"), check };

fn check(context: &mut Context<'_>) {
    for complaint in context.complaints() {
        match &complaint.cause {
            Cause::Syntax(error) if !tab_indentation::explains(context.read, error.place) => {
                syntax(context, error);
            }
            Cause::Value(error) => {
                let message =
                    format!("this value is not valid ({error}): cloud-init ignores the whole config");
                let finding = context.report(complaint.place, message);
                // A date that does not exist, or a number beyond what Python takes.
                if error.starts_with("ValueError") || error.starts_with("OverflowError") {
                    finding.help("put the value in quotes, so that it is not read as a date or a number");
                }
            }
            Cause::Template(error) => template(context, error),
            _ => {}
        }
    }
    // Without instance data, a template is not filled; what cannot be read needs none.
    if context.judged.header == Some(Header::Jinja) && context.subject.instance_data.is_none() {
        let filled = InstanceData::parse("{}").ok().map(|data| render(context.text, &data));
        if let Some(Err(error)) = filled
            && error.stage != Stage::Filling
        {
            template(context, &error);
        }
    }
}

fn template(context: &mut Context<'_>, error: &TemplateError) {
    let line = line_span(context.text, error.line);
    let what = match error.stage {
        Stage::FirstLine => "is not recognized",
        Stage::Reading => "cannot be read",
        Stage::Filling => "cannot be rendered",
    };
    let message = format!("the Jinja template {what} ({}): cloud-init ignores it", error.message);
    let is_of_others =
        ["{{.", "{{ .", "{{-", "{{#", "{#"].iter().any(|mark| line.slice(context.text).contains(mark));
    let finding = context.report_at(line, message);
    if error.stage == Stage::FirstLine {
        finding.help("remove the spaces and lines before it");
    } else if is_of_others {
        finding.help("put text meant for another program between `{% raw %}` and `{% endraw %}`");
    }
}

fn syntax(context: &mut Context<'_>, error: &SyntaxError) {
    let spot = Spot::new(context.read, error);
    let begun = error.context.as_ref().filter(|(_, at)| *at != error.place);
    let begun = begun.map(|(words, at)| (context.source(Span::empty(*at)), words.clone()));
    let message = format!("invalid YAML: {}: cloud-init ignores the whole config", error.message);
    let mut finding = context.report(spot.token(), message);
    if let Some(help) = spot.help() {
        finding = finding.help(help);
    }
    if let Some((span, words)) = begun {
        finding = finding.label(span, words);
    }
    if let Some((span, quoted)) = spot.quoted() {
        finding.fix(Safety::Unsafe, "put the value in quotes", span, quoted);
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::lint;
    use crate::target::NEWEST;
    use crate::verdict::{Kind, Subject};

    fn help(text: &str) -> String {
        let subject = Subject::new(Kind::UserData, NEWEST);
        let text = format!("#cloud-config\n{text}");
        let found = lint(text.as_bytes(), &subject, &|rule| rule.name == "yaml-syntax").diagnostics;
        found.into_iter().next().map_or_else(
            || "no finding".to_owned(),
            |found| found.help.unwrap_or_else(|| format!("no help for: {}", found.message)),
        )
    }

    #[test]
    fn the_help_fits_the_fault() {
        for (text, words) in [
            ("runcmd:\n  - sed 's/^a: b$/x: y/' f\n", "put the whole value in quotes"),
            ("hostname: web: one\n", "put the whole value in quotes"),
            ("users:\n- default\n- name: admin\n    gecos: Admin\n", "must line up"),
            ("hostname:web1\nusers:\n  - name: a\n", "needs a space"),
            ("runcmd:\n  - @reboot run\n", "begins with `@`"),
            ("runcmd:\n  - `date`\n", "backtick"),
            ("runcmd:\n  - %x\n", "begins with `%`"),
            ("packages:\n%{ for p in pkgs ~}\n  - ${p}\n%{ endfor ~}\n", "Terraform"),
            ("hostname: {{ name }}\n", "begins with `{`"),
            ("hostname: {name}{index}\n", "with braces"),
            ("manage_etc_hosts: \"localhost\nusers:\n  - name: \"core\"\n", "on its own line|earlier line"),
            ("hostname: \"web1\nusers: []\n", "never closed"),
            (
                "write_files:\n  - path: /a\n    content: |\n    {\n      \"a\": 1\n    }\n",
                "further than its key",
            ),
            ("password: ******\n", "begins with `*`"),
            ("runcmd:\n  - rm *.sh\n  - *.sh\n", "begins with `*`"),
            ("runcmd:\n  - &x& y\n", "begins with `&`"),
            (
                "apt:\n  primary:\n    - arches: [default]\n      uri: [http://m.example](http://m.example)\n",
                "Markdown",
            ),
            ("chpasswd:\n  list: |\\n    ubuntu:ubuntu\n", "JSON or Python"),
            ("runcmd:\n  - \"sed s/\\./x/\"\n", "double the backslash"),
            ("runcmd:\n  - !ls\n", "begins with `!`"),
            ("hostname: !Ref Name\n", "CloudFormation"),
            ("# \u{7}\n", "control character"),
            ("runcmd:\n  - 'a' && b\n", "closing quote"),
            ("packages: [a, b\nhostname: c\n", "not closed|with a colon"),
            ("runcmd:\n  - a\nhostname: b\n---\nx: y\n", "single document"),
            ("```\nhostname: a\n", "fence"),
            ("a: b\n<<<<<<< HEAD\nc: d\n", "merge conflict"),
            ("hostname: a\njust words\nfqdn: b\n", "neither"),
            ("runcmd: - ls\n", "line of its own"),
            ("hostname: 2024-13-45\n", "not read as a date"),
        ] {
            let help = help(text);
            assert!(words.split('|').any(|words| help.contains(words)), "{text}: {help}");
        }
    }
}
