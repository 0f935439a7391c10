resource vm 'x' = {
  properties: {
    osProfile: {
      customData: base64('''
#cloud-config
packges: []
''')
    }
  }
}
