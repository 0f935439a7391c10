//! Values that nobody expects, and what the program does with them.

#![expect(clippy::panic, reason = "a test may fail")]

use std::collections::BTreeMap;

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Action, CommandResult, ImageFile, Machine, Preview, Run, Status, preview};

fn boot_on(config: &str, target: &str, machine: &Machine) -> Preview {
    let target = Target::parse(target).unwrap_or_else(|error| panic!("{error}"));
    let text = format!("#cloud-config\n{config}\n");
    preview(text.as_bytes(), &target, machine).unwrap_or_else(|error| panic!("{error}"))
}

fn boot(config: &str) -> Preview {
    boot_on(config, "cloud-init@26.2", &Machine::default())
}

/// The modules that failed.
fn failed(preview: &Preview) -> Vec<&str> {
    preview.journal.stages.iter().flat_map(|stage| &stage.failed).map(String::as_str).collect()
}

/// The commands that ran, each in one line.
fn commands(preview: &Preview) -> Vec<String> {
    let line = |run: &Run| run.shell.clone().unwrap_or_else(|| run.argv.join(" "));
    let effects = preview.journal.effects.iter();
    effects
        .filter_map(|effect| if let Action::Run(run) = &effect.action { Some(line(run)) } else { None })
        .collect()
}

fn has(preview: &Preview, path: &str) -> bool {
    preview.files.entry(path).is_some()
}

/// A machine whose image has a file.
fn with_file(path: &str, content: &str) -> Machine {
    let file = ImageFile::Content(content.to_owned());
    Machine { image_files: BTreeMap::from([(path.to_owned(), file)]), ..Machine::default() }
}

#[test]
fn a_file_in_the_root_directory_is_there_although_its_owner_is_not() {
    let preview = boot("write_files: [{path: /a, owner: nobody-here}, {path: /b}]");
    assert_eq!(failed(&preview), ["write_files"]);
    assert!(has(&preview, "/a") && !has(&preview, "/b"));
}

#[test]
fn an_owner_that_is_not_text_is_none_or_an_error() {
    let preview = boot(
        "write_files: [{path: /a, owner: 0}, {path: /b, owner: null}, {path: /c, owner: [x]}, {path: /d}]",
    );
    assert_eq!(failed(&preview), ["write_files"]);
    assert!(has(&preview, "/b") && !has(&preview, "/c"));
}

#[test]
fn nothing_is_decoded_to_nothing() {
    let preview = boot(
        "write_files: [{path: /a, encoding: gzip}, {path: /b, encoding: gz, content: ''}, {path: /c, permissions: '-1'}]",
    );
    assert_eq!(preview.status, Status::Done);
    assert_eq!(preview.files.read("/b"), Some(&b""[..]));
    assert_eq!(failed(&boot("write_files: [{path: \"/a\\0\"}]")), ["write_files"]);
}

#[test]
fn a_path_without_a_directory_is_no_file() {
    let preview = boot_on("locale_configfile: x", "rhel-9", &Machine::default());
    assert_eq!(failed(&preview), ["locale"]);
    assert!(!has(&preview, "/x"));
    let preview = boot("swap: {filename: swap.img, size: 1G}");
    assert!(commands(&preview).iter().all(|command| !command.contains("swap.img")));
    assert!(has(&boot("write_files: [{path: x}]"), "/x"));
}

#[test]
fn the_type_of_a_host_key_must_be_text() {
    let preview = boot("ssh_genkeytypes: [rsa, false, ecdsa]");
    assert_eq!(failed(&preview), ["ssh"]);
    let made = |kind: &str| {
        commands(&preview).iter().any(|line| line.starts_with(&format!("ssh-keygen -t {kind} ")))
    };
    assert!(made("rsa") && !made("ecdsa"));
    assert_eq!(failed(&boot("ssh_genkeytypes: [[rsa]]")), ["ssh"]);
}

#[test]
fn the_keys_of_a_mapping_are_members_of_a_group() {
    let preview = boot("groups: {ops: {root: true}}");
    assert_eq!(failed(&preview), Vec::<&str>::new());
    assert!(commands(&preview).iter().any(|command| command == "usermod -a -G ops root"));
    assert_eq!(failed(&boot("groups: [{ops: {root: true}}]"))[0], "users_groups");
}

#[test]
fn a_seed_must_be_text() {
    assert_eq!(failed(&boot("random_seed: {data: 5, file: /seed}")), ["seed_random"]);
}

#[test]
fn an_empty_name_leaves_the_one_that_is_there() {
    let preview = boot("hostname: ''\nfqdn: ''");
    assert_eq!(preview.files.read("/etc/hostname"), Some(&b"ubuntu\n"[..]));
    assert_eq!(commands(&preview).iter().filter(|command| command.starts_with("hostname")).count(), 1);
}

#[test]
fn an_empty_locale_is_not_written() {
    let preview = boot_on("locale: ''", "rhel-9", &Machine::default());
    assert!(preview.files.iter().all(|(path, _)| path != "/etc/locale.conf"));
}

#[test]
fn an_address_to_phone_home_to_must_be_text() {
    assert_eq!(failed(&boot("phone_home: {url: null, tries: 1}")), ["phone_home"]);
    assert_eq!(failed(&boot("phone_home: {url: 5}")), ["phone_home"]);
}

#[test]
fn a_shutdown_takes_what_python_takes_for_a_number() {
    let delay = |value: &str| {
        let preview = boot(&format!("power_state: {{mode: reboot, delay: {value}}}"));
        let mut effects = preview.journal.effects.iter();
        effects.find_map(|effect| match &effect.action {
            Action::PowerState { argv, .. } => argv.last().cloned(),
            _ => None,
        })
    };
    let shown = |delay: Option<String>| delay.unwrap_or_default();
    for (value, wanted) in
        [("5", "+5"), ("'+7'", "+7"), ("1.9", "+1"), ("true", "+1"), ("'1.9'", ""), ("null", "")]
    {
        assert_eq!(shown(delay(value)), wanted, "{value}");
    }
    assert_eq!(failed(&boot("power_state: {mode: reboot, message: [a]}")), ["power_state_change"]);
    let preview = boot("power_state: {mode: reboot, condition: []}");
    assert_eq!((preview.status, failed(&preview)), (Status::Degraded, vec![]));
}

#[test]
fn updates_that_cannot_be_read_fail_and_wrong_events_turn_all_off() {
    for config in ["updates: null", "updates: {network: null}", "updates: []", "updates: {network: {}}"] {
        assert_eq!(failed(&boot(config)), ["install_hotplug"], "{config}");
    }
    let rules = "/etc/udev/rules.d/90-cloud-init-hook-hotplug.rules";
    assert!(has(&boot("updates: {network: {when: [boot, hotplug]}}"), rules));
    for config in ["updates: {network: {when: hotplug}}", "updates: {network: {when: [hotplug, never]}}"] {
        let preview = boot(config);
        assert!(!has(&preview, rules) && preview.status == Status::Degraded, "{config}");
    }
}

#[test]
fn a_prefix_matters_only_if_there_are_scripts() {
    assert_eq!(failed(&boot("vendor_data: {enabled: true, prefix: 5}")), Vec::<&str>::new());
    let machine = Machine { vendordata: Some("#!/bin/sh\n".to_owned()), ..Machine::default() };
    let preview = boot_on("vendor_data: {enabled: true, prefix: 5}", "cloud-init@26.2", &machine);
    assert_eq!(failed(&preview), ["scripts_vendor"]);
}

#[test]
fn passwords_that_are_not_text_leave_those_of_the_others_unset_too() {
    let preview = boot(
        "chpasswd: {users: [{name: ubuntu, password: 5, type: text}, {name: root, password: a, type: text}, \
         {name: 7, password: $6$a$b}]}",
    );
    assert_eq!(failed(&preview), ["set_passwords"]);
    let commands = commands(&preview);
    assert!(commands.iter().all(|command| !command.starts_with("chpasswd")));
    let expired = ["passwd --expire ubuntu", "passwd --expire root"];
    assert!(expired.iter().all(|line| commands.iter().any(|command| command == line)), "{commands:?}");
}

#[test]
fn users_need_names_that_are_text() {
    for name in ["null", "5", "[a]"] {
        let preview = boot(&format!("users: [{{name: {name}}}, {{name: kim}}]"));
        assert_eq!(failed(&preview), ["users_groups", "ssh_authkey_fingerprints"], "{name}");
        assert!(preview.users.iter().all(|user| user.name != "kim"), "{name}");
    }
    assert_eq!(failed(&boot("users: [{name: kim, doas: [5]}]")), ["users_groups"]);
}

#[test]
fn there_may_be_no_default_user() {
    let preview = boot("system_info: {default_user: null}");
    assert_eq!(failed(&preview), Vec::<&str>::new());
    assert!(preview.users.iter().all(|user| user.is_stock));
}

#[test]
fn autoinstall_is_left_to_an_installer() {
    let preview = boot("autoinstall: {version: 1}");
    assert_eq!(preview.status, Status::Degraded);
    assert!(commands(&preview).iter().any(|command| command == "snap list"));
}

#[test]
fn keys_go_where_the_ssh_server_looks_for_them() {
    const KEY: &str = "ssh_authorized_keys: [ssh-ed25519 AAAA one@desk]";
    let on = |lines: &str| boot_on(KEY, "cloud-init@26.2", &with_file("/etc/ssh/sshd_config", lines));
    let usual = "/home/ubuntu/.ssh/authorized_keys";
    for (lines, path) in [
        ("AuthorizedKeysFile /etc/ssh/keys/%u .ssh/other\n", "/etc/ssh/keys/ubuntu"),
        ("AuthorizedKeysFile .ssh/authorized_keys2\n", "/home/ubuntu/.ssh/authorized_keys2"),
        ("authorizedkeysfile %h/keys\n", "/home/ubuntu/keys"),
        ("#AuthorizedKeysFile none\n", usual),
        // A file for all users is not one for the keys of one of them.
        ("AuthorizedKeysFile /etc/ssh/all\n", usual),
    ] {
        let preview = on(lines);
        let text = preview.files.read(path).unwrap_or_default();
        assert!(text.starts_with(b"ssh-ed25519 AAAA"), "{lines}");
        assert_eq!(has(&preview, usual), path == usual, "{lines}");
    }
}

#[test]
fn a_disk_is_grown_by_what_is_there() {
    assert_eq!(failed(&boot("growpart: {mode: gpart}")), ["growpart"]);
    assert_eq!(failed(&boot("growpart: {devices: [5]}")), ["growpart"]);
    let without = Machine { missing_programs: vec!["growpart".to_owned()], ..Machine::default() };
    let preview = boot_on("{}", "cloud-init@26.2", &without);
    assert_eq!(failed(&preview), Vec::<&str>::new());
    assert!(commands(&preview).iter().any(|command| command == "gpart help"));
    let preview = boot_on("growpart: {mode: growpart}", "cloud-init@26.2", &without);
    assert_eq!(failed(&preview), ["growpart"]);
    let fails =
        CommandResult { words: "growpart /dev/sda 1".to_owned(), exit: 2, ..CommandResult::default() };
    let machine = Machine { commands: vec![fails], ..Machine::default() };
    assert_eq!(boot_on("{}", "cloud-init@26.2", &machine).status, Status::Degraded);
}

#[test]
fn a_client_of_ntp_needs_a_template() {
    assert_eq!(failed(&boot("ntp: {ntp_client: openntpd}")), ["ntp"]);
    let preview = boot("ntp: {ntp_client: ntp}");
    assert!(commands(&preview).iter().any(|command| command.ends_with("install ntpsec")));
    assert_eq!(failed(&boot("ntp: {ntp_client: null}")), Vec::<&str>::new());
}

#[test]
fn nothing_is_installed_without_lists_of_packages() {
    let fails = CommandResult { words: "--quiet update".to_owned(), exit: 100, ..CommandResult::default() };
    let machine = Machine { commands: vec![fails], ..Machine::default() };
    let preview = boot_on("packages: [htop]", "cloud-init@26.2", &machine);
    assert_eq!(failed(&preview), ["package_update_upgrade_install"]);
    assert!(commands(&preview).iter().all(|command| !command.ends_with("install htop")));
    let preview = boot("packages: [[htop, null], [jq, 1.5]]");
    let installs = |name: &str| commands(&preview).iter().any(|command| command.contains(name));
    assert!(installs(" htop") && installs(" jq=1.5") && !installs("htop="));
}

#[test]
fn sources_of_apt_that_are_not_text_fail_before_anything_is_written() {
    for config in [
        "sources_list: 5",
        "conf: 5",
        "disable_suites: [5]",
        "primary: [{arches: [default], uri: 5}]",
        "sources: {a: null}",
        "sources: {a: text}",
        "sources: {a: {source: null}}",
        "{sources: {a: {source: 'ppa:a/b'}}, add_apt_repo_match: null}",
    ] {
        let config = if config.starts_with('{') { config.to_owned() } else { format!("{{{config}}}") };
        assert_eq!(failed(&boot(&format!("apt: {config}"))), ["apt_configure"], "{config}");
    }
    assert!(has(&boot("apt: {sources_list: null}"), "/etc/apt/sources.list.d/ubuntu.sources"));
}

#[test]
fn the_old_list_of_apt_gives_way_to_the_new_one() {
    const LIST: &str = "/etc/apt/sources.list";
    let text = |content: &str| {
        let preview = boot_on("{}", "cloud-init@26.2", &with_file(LIST, content));
        String::from_utf8_lossy(preview.files.read(LIST).unwrap_or_default()).into_owned()
    };
    assert!(!text("deb http://archive.ubuntu.com/ubuntu noble main\n").contains("noble"));
    assert_eq!(text("# Now in ubuntu.sources\n"), "# Now in ubuntu.sources\n");
}

#[test]
fn a_pattern_says_which_sources_are_for_add_apt_repository() {
    let preview = boot(
        "apt: {add_apt_repo_match: '^deb', sources: {a: {source: 'deb http://x y'}, b: {source: 'ppa:a/b'}}}",
    );
    let commands = commands(&preview);
    let adds =
        |line: &str| commands.iter().any(|command| command.starts_with("add-apt") && command.ends_with(line));
    assert!(adds("deb http://x y") && !adds("ppa:a/b"));
    assert!(has(&preview, "/etc/apt/sources.list.d/b.list"));
}

#[test]
fn a_server_is_asked_three_times_for_a_key() {
    let fails = CommandResult { words: "--recv-keys".to_owned(), exit: 2, ..CommandResult::default() };
    let machine = Machine { commands: vec![fails], ..Machine::default() };
    let preview =
        boot_on("apt: {sources: {a: {source: 'deb http://x y', keyid: AB}}}", "cloud-init@26.2", &machine);
    let asked = commands(&preview).iter().filter(|command| command.contains("--recv-keys")).count();
    assert_eq!((failed(&preview), asked), (vec!["apt_configure"], 3));
}

#[test]
fn settings_of_other_programs_must_be_of_the_right_types() {
    for (config, module) in [
        ("landscape: {client: null}", "landscape"),
        ("landscape: {client: text}", "landscape"),
        ("salt_minion: {conf: text}", "salt_minion"),
        ("salt_minion: {public_key: 5, private_key: 6}", "salt_minion"),
        ("chef: {server_url: x, validation_name: y, initial_attributes: [a]}", "chef"),
        ("snap: {assertions: [5]}", "snap"),
        ("snap: {commands: [[null]]}", "snap"),
        ("mount_default_fields: [a]\nmounts: [[sdb, /x]]", "mounts"),
        ("mount_default_fields: [null, null, ext4, noatime, 0, 0]\nmounts: [[sdb, /x]]", "mounts"),
    ] {
        assert_eq!(failed(&boot(config)), [module], "{config}");
    }
    assert_eq!(failed(&boot("ubuntu_pro: null")), Vec::<&str>::new());
    assert_eq!(
        boot("ansible: {package_name: ansible, install_method: distro, galaxy: {actions: []}}").status,
        Status::Degraded
    );
}

#[test]
fn a_file_to_swap_to_needs_a_path_and_has_no_negative_zero() {
    for path in ["null", "5"] {
        let preview = boot(&format!("swap: {{filename: {path}, size: 100M}}"));
        assert!(commands(&preview).iter().all(|command| !command.starts_with("fallocate")), "{path}");
    }
    assert!(commands(&boot("swap: {size: -1}")).iter().any(|command| command == "fallocate -l 0M /swap.img"));
}

#[test]
fn what_was_there_of_mcollective_is_kept() {
    let machine = with_file("/etc/mcollective/server.cfg", "a = 1\n");
    let preview = boot_on("mcollective: {conf: {a: 2}}", "cloud-init@26.2", &machine);
    assert_eq!(preview.files.read("/etc/mcollective/server.cfg.old"), Some(&b"a = 1\n"[..]));
}

#[test]
fn a_lone_percent_sign_spoils_a_repository() {
    let on = |address: &str| {
        let config = format!("yum_repos: {{a: {{baseurl: '{address}'}}}}");
        boot_on(&config, "rhel-9", &Machine::default()).status
    };
    assert_eq!(on("http://a.example/x%20y"), Status::Error);
    assert_eq!(on("http://a.example/x%%20y"), Status::Done);
}

#[test]
fn a_machine_registers_with_spacewalk() {
    let answer = CommandResult { words: "rhn-profile-sync".to_owned(), exit: 1, ..CommandResult::default() };
    let programs = ["rhn-profile-sync", "rhnreg_ks"].map(str::to_owned).to_vec();
    let machine = Machine { commands: vec![answer], programs, ..Machine::default() };
    let preview = boot_on("spacewalk: {server: s, activation_key: k}", "rhel-9", &machine);
    assert!(
        commands(&preview)
            .iter()
            .any(|command| command.starts_with("rhnreg_ks --serverUrl https://s/XMLRPC"))
    );
    let preview = boot_on("spacewalk: {server: s}", "rhel-9", &Machine::default());
    assert_eq!(failed(&preview), ["spacewalk"]);
}
