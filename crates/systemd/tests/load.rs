//! Units as they are loaded from the files of a machine.

use dryboot_systemd::Release;
use dryboot_systemd::check::FaultKind;
use dryboot_systemd::load::{Catalog, LoadState};

fn catalog(files: &[(&str, &str)]) -> Catalog {
    let mut catalog = Catalog::new();
    for (path, text) in files {
        match text.strip_prefix("-> ") {
            Some(target) => catalog.link(*path, target),
            None => catalog.file(*path, *text),
        }
    }
    catalog
}

const SERVICE: &str = "[Service]\nExecStart=/bin/true\n";

#[test]
fn the_first_directory_wins_and_drop_ins_are_applied_by_name() {
    let catalog = catalog(&[
        ("/usr/lib/systemd/system/a.service", "[Service]\nExecStart=/usr\n"),
        ("/etc/systemd/system/a.service", "[Unit]\nAfter=b.service\n[Service]\nExecStart=/etc\nUser=a\n"),
        ("/usr/lib/systemd/system/a.service.d/10.conf", "[Service]\nUser=x\n"),
        ("/run/systemd/system/a.service.d/10.conf", "[Service]\nUser=b\nExecStart=\n"),
        ("/etc/systemd/system/a.service.d/20.conf", "[Unit]\nAfter=c.service\n[Service]\nExecStart=/new\n"),
        ("/etc/systemd/system/a.service.d/30.txt", "[Service]\nUser=no\n"),
    ]);
    let unit = catalog.load("a.service", Release::FLATCAR);
    assert_eq!(unit.fragment.as_deref(), Some("/etc/systemd/system/a.service"));
    assert_eq!(
        unit.drop_ins(),
        ["/run/systemd/system/a.service.d/10.conf", "/etc/systemd/system/a.service.d/20.conf"]
    );
    assert_eq!(unit.text("Service", "User"), "b");
    let starts: Vec<_> = unit.values("Service", "ExecStart").map(|setting| setting.value.as_str()).collect();
    assert_eq!(starts, ["/new"]);
    let after = unit.values("Unit", "After");
    let after: Vec<_> =
        after.map(|setting| (setting.value.as_str(), unit.files[setting.file].as_str())).collect();
    assert_eq!(after[1], ("c.service", "/etc/systemd/system/a.service.d/20.conf"));
}

#[test]
fn instances_take_their_template() {
    let catalog = catalog(&[
        ("/etc/systemd/system/a@.service", "[Unit]\nAfter=%i.service\n[Service]\nExecStart=/bin/%p %I\n"),
        ("/etc/systemd/system/a@.service.d/x.conf", "[Service]\nUser=x\n"),
        ("/etc/systemd/system/a@b\\x2dc.service.d/y.conf", "[Service]\nGroup=y\n"),
        ("/etc/systemd/system/z.target.wants/a@b\\x2dc.service", "-> ../a@.service"),
        ("/etc/systemd/system/z.target", "[Unit]\n"),
    ]);
    let unit = catalog.load("a@b\\x2dc.service", Release::COREOS);
    assert_eq!(unit.text("Service", "ExecStart"), "/bin/a b-c");
    assert_eq!(unit.text("Unit", "After"), "b\\x2dc.service");
    assert_eq!((unit.text("Service", "User"), unit.text("Service", "Group")), ("x", "y"));
    let target = catalog.load("z.target", Release::COREOS);
    assert_eq!(target.links[0].unit, "a@b\\x2dc.service");
}

#[test]
fn links_are_aliases_or_masks() {
    let catalog = catalog(&[
        ("/usr/lib/systemd/system/a.service", SERVICE),
        ("/etc/systemd/system/b.service", "-> /usr/lib/systemd/system/a.service"),
        ("/etc/systemd/system/b.service.d/x.conf", "[Service]\nUser=x\n"),
        ("/usr/lib/systemd/system/m.service", SERVICE),
        ("/etc/systemd/system/m.service", "-> /dev/null"),
        ("/etc/systemd/system/e.service", ""),
        ("/etc/systemd/system/loop.service", "-> loop.service"),
    ]);
    let load = |name: &str| catalog.load(name, Release::FLATCAR);
    assert_eq!(
        (load("b.service").name.as_str(), load("b.service").aliases),
        ("a.service", vec!["b.service".to_owned()])
    );
    assert_eq!(load("a.service").text("Service", "User"), "x");
    assert_eq!(load("m.service").state, LoadState::Masked);
    assert_eq!(load("e.service").state, LoadState::Masked);
    assert_eq!(load("loop.service").state, LoadState::NotFound);
    assert_eq!(load("dev-vda.device").state, LoadState::Loaded);
    assert_eq!(load("var.mount").state, LoadState::NotFound);
}

#[test]
fn drop_ins_for_prefixes_and_types_depend_on_the_release() {
    let catalog = catalog(&[
        ("/etc/systemd/system/a-b.service", SERVICE),
        ("/etc/systemd/system/a-.service.d/x.conf", "[Service]\nUser=x\n"),
        ("/etc/systemd/system/service.d/y.conf", "[Service]\nGroup=y\n"),
    ]);
    for (release, wanted) in [(238, ("", "")), (239, ("x", "")), (244, ("x", "y"))] {
        let unit = catalog.load("a-b.service", Release(release));
        assert_eq!((unit.text("Service", "User"), unit.text("Service", "Group")), wanted, "{release}");
    }
}

#[test]
fn later_files_replace_earlier_ones() {
    let mut catalog = catalog(&[("/etc/systemd/system/a.service", SERVICE)]);
    catalog.link("/etc/systemd/system/a.service", "/dev/null");
    assert_eq!(catalog.load("a.service", Release::FLATCAR).state, LoadState::Masked);
    catalog.file("/etc/systemd/system/a.service", SERVICE);
    assert!(catalog.load("a.service", Release::FLATCAR).is_loaded());
    catalog.remove("/etc/systemd/system/a.service");
    assert_eq!(catalog.load("a.service", Release::FLATCAR).state, LoadState::NotFound);
}

#[test]
fn a_second_command_in_a_drop_in_is_refused() {
    let catalog = catalog(&[
        ("/usr/lib/systemd/system/a.service", SERVICE),
        ("/etc/systemd/system/a.service.d/x.conf", "[Service]\nExecStart=/bin/false\n"),
    ]);
    let LoadState::Refused { file, fault } = catalog.load("a.service", Release::FLATCAR).state else {
        panic!("it is refused");
    };
    assert_eq!((file, fault.kind), (Some(1), FaultKind::RepeatedExecStart));
    assert_eq!(fault.span.slice("[Service]\nExecStart=/bin/false\n"), "/bin/false");
}
