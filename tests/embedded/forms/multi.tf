module "x" {
  user_data = join("\n", ["#cloud-config", yamlencode({a = 1})])
  other     = "x ${"y"} z"
  user_data_base64 = "I2Nsb3VkLWNvbmZpZwpwYWNrZ2VzOiBbYV0K"
  s = "#cloud-config\npackges: [${var.x}]\n"
  t = templatefile("${path.module}/user-data.tftpl", { a = 1 })
}
