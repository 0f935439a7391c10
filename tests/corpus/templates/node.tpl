#cloud-config
swap:
  filename: /swap
  size: ${swap_size}
timezone: ${timezone}
mounts: ${jsonencode(mounts)}
ssh_pwauth: ${allow_password}
write_files: ${jsonencode(files)}
