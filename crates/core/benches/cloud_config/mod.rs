//! The config for cloud-init that benchmarks read.

/// A config for cloud-init of about this many bytes, as people write them.
pub(crate) fn cloud_config(size: usize) -> String {
    let mut files = String::from("write_files:\n");
    let mut users = String::from("users:\n  - default\n");
    let mut commands = String::from("runcmd:\n");
    let mut packages = String::from("packages:\n");
    let mut number = 0;
    while files.len() + users.len() + commands.len() + packages.len() < size {
        files.push_str(&format!(
            "  - path: /etc/app/part{number}.conf\n    permissions: '0640'\n    owner: root:root\n    content: |\n      \
             listen = 127.0.0.1:{number}\n      name = part{number}\n"
        ));
        users.push_str(&format!(
            "  - name: user{number}\n    shell: /bin/bash\n    groups: [adm, docker]\n    lock_passwd: true\n    \
             sudo: ALL=(ALL) NOPASSWD:ALL\n"
        ));
        commands.push_str(&format!(
            "  - systemctl enable --now app{number}.service\n  - [sh, -c, 'echo part {number} >> /var/log/app.log']\n"
        ));
        packages.push_str(&format!("  - app{number}\n"));
        number += 1;
    }
    format!("#cloud-config\nhostname: bench\npackage_update: true\n{packages}{files}{users}{commands}")
}
