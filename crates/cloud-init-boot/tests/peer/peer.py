"""Boots a machine with cloud-init's own modules and says what they do, for the test that compares our preview with it.

Takes the folder of cloud-init and of the packages that it needs, and an empty folder that stands for the machine's root.
Reads a JSON object from standard input: the user-data (base64), the metadata, the modules of each stage, and the files,
accounts and groups of the image. Writes a JSON object with the version, the commands, the files that have changed, and
the modules that have failed.

Every path is looked up below the given folder, and commands are only noted. An audit hook ends the process before it
writes anywhere else, starts a program or makes a connection.
"""

import base64
import builtins
import grp
import io
import json
import os
import pwd
import stat
import sys
import warnings

warnings.simplefilter("ignore")
sys.dont_write_bytecode = True
PACKAGES, ROOT = sys.argv[1:3]
sys.path.insert(0, PACKAGES)

# The packages as they were unpacked.
UNPACKED = PACKAGES.removesuffix("/usr/lib/python3/dist-packages")
# What is read from where it is: the program itself, and what Python has not loaded yet.
OUTSIDE = (ROOT, UNPACKED, *filter(None, sys.path))

# Functions of `os` whose first argument is a path.
ONE_PATH = "access chmod listdir lstat makedirs mkdir open readlink remove rmdir scandir stat unlink utime".split()
# Those with two.
TWO_PATHS = "link rename replace symlink".split()

# What Python does in a process that only acts below the folder.
FORBIDDEN = ("os.exec", "os.fork", "os.posix_spawn", "os.system", "os.spawn", "subprocess.Popen", "socket.connect", "os.chown")
CHANGES = ("os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate", "os.utime")


def guard(event, arguments):
    """Stops what would change something outside of the folder."""
    if event.startswith(FORBIDDEN):
        raise PermissionError(event)
    if event == "open":
        path, _, flags = arguments
        changes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    else:
        path, changes = arguments and arguments[0], event in CHANGES
    # The target of a link is a word in it; everything else that changes stands first.
    if event == "os.symlink":
        path = arguments[1]
    if changes and not isinstance(path, int) and not os.fsdecode(path).startswith(ROOT + "/"):
        raise PermissionError(f"{event}: {path}")


def below(path):
    """Where a path of the machine is."""
    if isinstance(path, int) or path is None:
        return path
    text = os.fsdecode(path)
    return path if not text.startswith("/") or text.startswith(OUTSIDE) else ROOT + text


def move_root():
    """Has Python look up every path below the folder."""

    def moved(function, paths):
        def call(*arguments, **options):
            first = [below(path) for path in arguments[:paths]]
            return function(*first, *arguments[paths:], **options)

        return call

    for name in ONE_PATH:
        setattr(os, name, moved(getattr(os, name), 1))
    for name in TWO_PATHS:
        setattr(os, name, moved(getattr(os, name), 2))
    builtins.open = io.open = moved(io.open, 1)
    os.getcwd = lambda: "/"


# Modules keep the functions that are there when they are loaded.
move_root()

import yaml
from cloudinit import cloud, stages, subp, util, version
from cloudinit.cmd import main
from cloudinit.config import modules


class Accounts:
    """Accounts and groups, in place of those of this machine; and who owns which file."""

    def __init__(self, users, groups):
        self.users = {}
        self.groups = {}
        self.owners = {}
        for number, name in enumerate(groups):
            self.add_group(name, number)
        for name, (number, home) in users.items():
            self.add_user(name, number, home, name)

    def add_group(self, name, number):
        self.groups[name] = grp.struct_group((name, "x", number, []))

    def add_user(self, name, number, home, group):
        self.users[name] = pwd.struct_passwd((name, "x", number, self.groups[group].gr_gid, "", home, "/bin/sh"))

    def groupadd(self, name):
        self.add_group(name, 1000 + len(self.groups))

    def useradd(self, name, options):
        home = options[options.index("--home") + 1] if "--home" in options else f"/home/{name}"
        own = "users" if "--no-user-group" in options else name
        group = options[options.index("--gid") + 1] if "--gid" in options else own
        if group not in self.groups:
            self.groupadd(group)
        self.add_user(name, 1000 + len(self.users), home, group)
        if "-m" in options:
            os.makedirs(home, exist_ok=True)
            self.chown(home, self.users[name].pw_uid, self.users[name].pw_gid)

    def chown(self, path, user, group):
        before = self.owners.get(below(path), (0, 0))
        after = zip((user, group), before)
        self.owners[below(path)] = tuple(old if new in (None, -1) else new for new, old in after)

    def owner(self, path):
        return self.user(self.owners.get(below(path), (0, 0))[0]).pw_name

    def group(self, path):
        return self.group_of(self.owners.get(below(path), (0, 0))[1]).gr_name

    def user(self, number):
        return next(user for user in self.users.values() if user.pw_uid == number)

    def group_of(self, number):
        return next(group for group in self.groups.values() if group.gr_gid == number)

    def install(self):
        pwd.getpwnam, pwd.getpwuid = self.users.__getitem__, self.user
        grp.getgrnam, grp.getgrgid, grp.getgrall = self.groups.__getitem__, self.group_of, lambda: list(self.groups.values())
        os.chown = self.chown
        util.get_owner, util.get_group = self.owner, self.group


def our_name(module):
    return module.replace("-", "_")


class Commands:
    """Notes commands with the module that runs them, and plays through what they do to accounts."""

    def __init__(self, accounts):
        self.accounts = accounts
        self.noted = []
        self.module = None

    def run(self, words, data=None, *_, **__):
        words = [util.decode_binary(word) for word in words]
        command = {"module": self.module, "argv": words, "stdin": data and util.decode_binary(data)}
        if words[0] == "/bin/sh":
            command["script"] = util.load_file(words[1])
            # A name that is different each time.
            words[1] = "<tmp>" + os.path.splitext(words[1])[1]
        self.noted.append(command)
        if words[0] == "groupadd":
            self.accounts.groupadd(words[1])
        elif words[0] == "useradd":
            self.accounts.useradd(words[1], words[2:])
        return subp.SubpResult("", "")

    def install(self):
        subp.subp = self.run
        subp.which = lambda program, *_, **__: f"/usr/bin/{program}"
        run = cloud.Cloud.run

        def noting(cloud, name, *arguments, **options):
            self.module = our_name(name.removeprefix("config-")) if name.startswith("config-") else None
            return run(cloud, name, *arguments, **options)

        cloud.Cloud.run = noting


def image(question):
    """Makes the machine's files: those of the image, Debian's own settings, and what NoCloud is given."""
    given = {"datasource_list": ["NoCloud", "None"], **question["modules"]}
    seed = "/var/lib/cloud/seed/nocloud"
    files = {
        **question["files"],
        "/etc/cloud/cloud.cfg": util.load_file(f"{UNPACKED}/etc/cloud/cloud.cfg"),
        "/etc/cloud/cloud.cfg.d/99_given.cfg": yaml.safe_dump(given),
        f"{seed}/user-data": base64.b64decode(question["text"]),
        f"{seed}/meta-data": yaml.safe_dump(question["metadata"]),
    }
    for path, content in files.items():
        util.write_file(path, content)
    for path in ("/run/systemd/system", "/tmp", "/var/tmp", "/root"):
        os.makedirs(path, exist_ok=True)


def changed(instance, before):
    """The files that are not as they were, with the instance's folder by the link to it."""
    found = {}
    for folder, _, names in os.walk(ROOT):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.islink(path):
                continue
            with open(path, "rb") as file:
                content = base64.b64encode(file.read()).decode()
            mode = "%04o" % stat.S_IMODE(os.stat(path).st_mode)
            owner = f"{util.get_owner(path)}:{util.get_group(path)}"
            seen = {"mode": mode, "owner": owner, "content": content}
            path = path.removeprefix(ROOT).replace(f"/instances/{instance}/", "/instance/")
            if before.get(path) != seen:
                found[path] = seen
    return found


def boot():
    """The stages, with the modules of the settings; gives those that failed."""
    init = stages.Init()
    init.read_cfg()
    init.initialize()
    init.fetch(existing="check")
    init.instancify()
    init.setup_datasource()
    init.update()
    # The name is set as soon as it is known, which decides what is left for its module.
    main._maybe_set_hostname(init, stage="local", retry_stage="network")
    init.cloudify().run("consume_data", init.consume_data, args=["once-per-instance"], freq="once-per-instance")
    failed = []
    for section in ("cloud_init_modules", "cloud_config_modules", "cloud_final_modules"):
        failed += modules.Modules(init).run_section(section)[1]
    return [our_name(name) for name, _ in failed]


if __name__ == "__main__":
    question = json.load(sys.stdin)
    # What modules print is no answer.
    answers, sys.stdout = sys.stdout, io.StringIO()
    accounts = Accounts(question["users"], question["groups"])
    commands = Commands(accounts)
    accounts.install()
    commands.install()
    sys.addaudithook(guard)
    image(question)
    instance = question["metadata"]["instance-id"]
    before = changed(instance, {})
    failed = boot()
    answer = {
        "version": version.version_string(),
        "commands": commands.noted,
        "files": changed(instance, before),
        "failed": failed,
    }
    print(json.dumps(answer), file=answers)
