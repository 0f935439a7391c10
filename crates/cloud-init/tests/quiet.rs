//! What looks wrong and works: no rule may say more than that it could be better.

use dryboot_cloud_init::lint::lint;
use dryboot_cloud_init::verdict::{Kind, Subject};
use dryboot_lint::{Diagnostic, Severity};
use dryboot_schema::Release;

fn found(text: &str, at_least: Severity) -> Vec<Diagnostic> {
    let subject = Subject::new(Kind::UserData, Release::new(26, 2));
    let found = lint(text.as_bytes(), &subject, &|_| true).diagnostics;
    found.into_iter().filter(|found| found.severity >= at_least).collect()
}

#[test]
fn commands_that_work_raise_no_alarm() {
    for item in [
        // All items are one script: directory, variables and continued lines carry over.
        "  - cd /opt/x\n  - export A=b\n  - make $A\n",
        "  - 'echo \\'\n  - '  hello'\n",
        "  - cat <<EOF > /opt/run.sh\n  - reboot\n  - source /x\n  - EOF\n",
        "  - |\n    cat > /opt/run.sh <<'EOF'\n    #!/bin/bash\n    [[ -f /x ]] && sudo reboot\n    set -o pipefail\n    \
         EOF\n",
        "  - # a comment\n  - ls\n",
        "  - >\n    apt-get install -y\n    nginx\n",
        "  - curl http://localhost:8080/a:b\n  - \"echo C: x\"\n",
        "  - [bash, -c, 'a=(1 2); [[ -n ${a[0]} ]]; source /x; set -o pipefail; cat <(ls)']\n",
        "  - bash -euo pipefail -c 'echo hello'\n",
        "  - DEBIAN_FRONTEND=noninteractive apt-get -o Dpkg::Options::=\"--force-confold\" install -y nginx\n",
        "  - apt-get update -q && apt-get -yq dist-upgrade\n  - apt-get autoremove --assume-yes\n",
        "  - apt-mark hold nginx\n  - apt-cache policy nginx\n  - apt-get clean\n  - apt list --installed\n",
        "  - dnf -y update\n  - yum install --assumeyes vim\n  - dnf clean all\n",
        "  - echo 'root:x' | chpasswd\n  - printf 'a\\na\\n' | passwd app\n  - passwd -l app\n  - getent passwd\n",
        "  - docker run -d -it --name a debian\n  - docker exec -i a sh -c 'ls'\n  - docker compose up -d\n",
        "  - nohup tail -f /var/log/x | logger &\n  - (sleep 60; tail -f /x) &\n",
        "  - journalctl --flush\n  - journalctl -u x --no-pager\n",
        "  - touch /var/run/reboot-required\n  - echo reboot\n  - shutdown -c\n  - shutdown -r 5\n",
        "  - \"awk -F: '{ print $1 > \\\"/x\\\" }' /etc/passwd\"\n  - [sed, -i, 's|a|b|', /x]\n  - [grep, -c, '|', /x]\n",
        "  - [test, a, '>', b]\n  - [find, /x, -name, '*.sh', -exec, chmod, +x, '{}', ';']\n",
        "  - [su, -, app, -c, 'cd ~ && make > log']\n  - [ls, -l]\n  - [systemctl, daemon-reload]\n",
        "  - sed -i 's/^#Port 22$/Port 2222/' /etc/ssh/sshd_config\n",
        "  - case \"$(uname -m)\" in x86_64) A=amd64;; *) A=arm64;; esac\n",
        "  - for f in /etc/*.d; do ls \"$f\"; done\n  - while ! ping -c1 a; do sleep 1; done\n",
        "  - git config --system user.name '[[x]]'\n  - echo 'source /x' >> /etc/profile\n",
        "  - ufw allow 22/tcp\n  - ufw --force enable\n",
        "  - for p in ssh http; do ufw allow $p; done\n  - yes | ufw enable\n",
    ] {
        let text = format!("#cloud-config\nruncmd:\n{item}");
        let alarms = found(&text, Severity::Warning);
        assert!(alarms.is_empty(), "{alarms:#?} in\n{text}");
    }
}

#[test]
fn configs_that_work_raise_no_alarm() {
    for text in [
        "write_files:\n  - {path: /a, permissions: 0o770, content: x}\n  - {path: /b, permissions: \"644\", content: x}\n",
        "package_update: yes\npackages: [nginx, [git, \"1:2\"], {snap: [hello]}]\n",
        "packages: [docker.io]\ngroups: [docker]\n",
        "mounts: [[/dev/vdb, /data], [sdc, /more], [\"server:/x\", /x, nfs], [tmpfs, /y, tmpfs, size=1G]]\n",
        "bootcmd:\n  - test -e /etc/done && exit 0\n  - echo a >> /etc/hosts\n  - touch /etc/done\n",
        "bootcmd:\n  - [cloud-init-per, once, fs, mkfs.ext4, /dev/vdb]\n  - mkdir -p /data\n",
        "bootcmd:\n  - blkid /dev/vdb || mkfs.ext4 /dev/vdb\n",
        "bootcmd: [\"[ -f /etc/boot.sh ] && . /etc/boot.sh\"]\nwrite_files: [{path: /etc/boot.sh, content: \"a=b\"}]\n",
        "write_files:\n  - {path: /opt/a, content: \"#!/bin/sh\\n\", permissions: \"0755\"}\nruncmd: [/opt/a]\n",
        "write_files:\n  - {path: /opt/a, content: \"x\"}\nruncmd: [\"chmod 755 /opt/a\", /opt/a, \"sh /opt/a\"]\n",
        "write_files:\n  - {path: /a, content: aGVsbG8K, encoding: b64}\n  - {path: /b, content: !!binary aGVsbG8K}\n",
        "write_files:\n  - {path: /srv/a, owner: \"1000:1000\", content: x}\n  - {path: /b, owner: nobody, content: x}\n",
        "users: [default, {name: app, system: true}]\nwrite_files: [{path: /home/app/x, content: x}]\n",
        "apt:\n  sources:\n    a: {source: \"ppa:a/b\"}\n    b: {source: \"deb http://mirror.example.org/ubuntu $RELEASE main\"}\n",
        "apt:\n  sources:\n    a: {source: \"deb [trusted=yes] https://download.docker.com/linux/debian $RELEASE stable\"}\n",
        "swap: {filename: /swap, size: 2G}\npower_state: {mode: reboot, delay: 1}\n",
        "disk_setup: {/dev/sdb: {table_type: gpt, layout: [50, [50, 82]]}}\nmounts: [[/dev/sdb1, /data]]\n",
        "fs_setup: [{device: /dev/nvme1n1, label: d, filesystem: ext4}]\nmounts: [[/dev/nvme1n1, /d], [/dev/nvme1n12, /e]]\n\
         disk_setup: {/dev/nvme1n12: {layout: true}}\n",
    ] {
        let text = format!("#cloud-config\n{text}");
        let alarms = found(&text, Severity::Warning);
        assert!(alarms.is_empty(), "{alarms:#?} in\n{text}");
    }
}
