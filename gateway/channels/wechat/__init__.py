"""The WeChat official-account channel.

`callback.routes` serves the address that Tencent calls, `sender.WechatSender` pushes replies that
were too late or too long for a passive answer, and everything that a lawyer writes.
"""
