//! The config that benchmarks read.

/// A config of about this many bytes with files, units and users, as people write them.
pub(crate) fn config(size: usize) -> String {
    let mut files = String::from("write_files:\n");
    let mut units = String::from("coreos:\n  units:\n");
    let mut users = String::from("users:\n");
    let mut number = 0;
    while files.len() + units.len() + users.len() < size {
        files.push_str(&format!(
            "  - path: /etc/app/part{number}.conf\n    permissions: '0640'\n    owner: root\n    content: |\n      \
             listen = $private_ipv4:{number}\n      name = part{number}\n"
        ));
        units.push_str(&format!(
            "    - name: app{number}.service\n      enable: true\n      command: start\n      content: |\n        \
             [Unit]\n        Description=Part {number}\n        [Service]\n        ExecStart=/usr/bin/app {number}\n        \
             [Install]\n        WantedBy=multi-user.target\n"
        ));
        users.push_str(&format!("  - name: user{number}\n    shell: /bin/bash\n    groups: [docker]\n"));
        number += 1;
    }
    format!("#cloud-config\nhostname: bench\n{files}{units}{users}")
}
