//! A program that this crate has never heard of: what it does to a machine, and what systemd does then.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_machine::units::{Boot, JobEnd, Origin, UnitEnd, Units, outlook};
use dryboot_machine::{
    Action, Cause, FileTree, Image, ImageUnits, Journal, MachineState, Mode, Node, Purpose, parse_description,
};
use dryboot_systemd::Release;
use dryboot_text::Span;

static IMAGE: Image = Image {
    directories: &["/", "/etc", "/etc/systemd", "/etc/systemd/system", "/opt", "/opt/vendor"],
    devices: &["/dev/null"],
    files: &[("/etc/motd", "hello\n")],
    read_only: &["/opt/vendor"],
    accounts: &["root", "admin"],
    units: ImageUnits {
        release: Release(255),
        files: "# /usr/lib/systemd/system/multi-user.target\n[Unit]\nRequires=basic.target\nAfter=basic.target\n\n\
                # /usr/lib/systemd/system/multi-user.target.wants/program.service\n\n\
                # /usr/lib/systemd/system/program.service\n[Service]\nType=oneshot\nExecStart=/bin/program\n",
        gone: &[],
        others: "basic.target sysinit.target shutdown.target system.slice",
        backbone: &["multi-user.target"],
        devices: &[],
    },
};

/// The text in which the user asks for a unit.
const TEXT: &str = "unit: |\n  [Unit]\n  Requires=nowhere.service\n  [Service]\n  ExecStart=/bin/true\n";

const UNIT: &str = "[Unit]\nRequires=nowhere.service\n[Service]\nExecStart=/bin/true\n";

/// Writes a unit and starts it.
fn boot(unit: &str) -> Journal {
    let described = parse_description(br#"{"dirs": ["/srv/www"], "files": {"/etc/motd": "mine"}}"#);
    let mut journal = Journal::new(MachineState::before(&IMAGE, &described.expect("a description")));
    let path = "/etc/systemd/system/new.service";
    let causes = [Cause::Text(Span::new(0, TEXT.len()))];
    let files = &mut journal.machine.files;
    files.replace(path, unit.as_bytes().to_vec(), Mode::DEFAULT, None, 0).expect("written");
    journal.record(
        Action::WriteFile {
            content: unit.to_owned(),
            content_base64: None,
            purpose: Purpose::Unit,
            mode: Mode::DEFAULT.to_string(),
            owner: None,
            path: path.to_owned(),
            unit: Some("new.service".to_owned()),
        },
        &causes,
    );
    let start =
        Action::UnitCommand { command: "start".to_owned(), mode: "replace", unit: "new.service".to_owned() };
    journal.record(start, &[causes.as_slice(), &causes].concat());
    journal.ran("program.service", 0);
    journal
}

fn units(journal: &Journal) -> Units {
    outlook(&Boot {
        image: &IMAGE.units,
        effects: &journal.effects,
        files: &journal.machine.files,
        runs: &journal.runs,
        program: "the program",
        when_refused: "the program goes on",
        text: TEXT,
        oem: None,
        is_whole: true,
    })
}

#[test]
fn a_cause_is_noted_once() {
    let journal = boot(UNIT);
    assert_eq!(journal.effects[1].causes, [Cause::Text(Span::new(0, TEXT.len()))]);
    assert_eq!(journal.runs[0].effects, 0..2);
}

#[test]
fn the_description_adds_to_the_image() {
    let machine = boot(UNIT).machine;
    assert_eq!(machine.files.read("/etc/motd"), Some(&b"mine"[..]));
    assert_eq!(machine.files.stat("/srv"), Ok(&Node::Directory));
    assert_eq!(machine.accounts.keys().collect::<Vec<_>>(), ["admin", "root"]);
    let listed: Vec<&str> = machine.files.iter().map(|(path, _)| path).collect();
    assert_eq!(listed, ["/etc/motd", "/etc/systemd/system/new.service", "/srv", "/srv/www"]);
    let written = machine.files.entry("/etc/systemd/system/new.service").expect("the unit");
    assert_eq!(written.written_by, Some(0));
}

#[test]
fn only_the_image_says_what_is_read_only() {
    let mut files = FileTree::of(&IMAGE);
    let mut write = |path: &str| files.replace(path, Vec::new(), Mode::DEFAULT, None, 0).is_ok();
    assert!(!write("/opt/vendor/x"));
    assert!(write("/opt/vendors"));
    assert!(files.make_directories("/usr/local").is_ok());
}

#[test]
fn systemd_follows_the_program_by_its_own_name() {
    let good = units(&boot("[Service]\nExecStart=/bin/true\n"));
    assert_eq!(good.problems, []);
    let new = good.units.iter().find(|unit| unit.name == "new.service").expect("the unit");
    assert_eq!((new.from, new.state), (Origin::User, UnitEnd::Active));
    let job = good.jobs.iter().find(|job| job.effect == Some(1)).expect("the job");
    assert_eq!((job.by.as_str(), job.state), ("the program", JobEnd::Done));
}

#[test]
fn a_problem_names_the_line_of_the_text_and_what_the_program_does() {
    let units = units(&boot(UNIT));
    let [problem] = units.problems.as_slice() else { panic!("{:?}", units.problems) };
    assert!(problem.message.contains("`nowhere.service`"), "{}", problem.message);
    assert!(problem.message.ends_with("the program goes on"), "{}", problem.message);
    let Some(Cause::Text(span)) = problem.causes.first() else { panic!("{:?}", problem.causes) };
    assert_eq!(span.slice(TEXT), "Requires=nowhere.service");
}
