resource "proxmox_virtual_environment_file" "c" {
  source_raw {
    data = <<-EOF
    #cloud-config
    hostname: test
    packges: []
    EOF
    file_name = "x.yaml"
  }
}
data "cloudinit_config" "x" {
  part {
    content = yamlencode({ packages = ["a"] })
    content_type = "text/cloud-config"
  }
  part {
    content_type = "text/cloud-config"
    content = <<-EOF
      packges: [x]
    EOF
  }
}
