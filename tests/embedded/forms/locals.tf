locals {
  cc = <<-YAML
    #cloud-config
    write_files:
      - path: /opt/x.sh
        content: |
          cat > /etc/foo <<EOT
          #cloud-config
          EOT
    %{ if var.x }
    packages: [git]
    %{ endif }
    packges: []
  YAML
}
