"""Stands for the program aws: hands the call to serve.py. Usage: aws.py SOCKET ARGUMENT..."""

import json
import os
import socket
import struct
import sys

path, *arguments = sys.argv[1:]
request = json.dumps({"arguments": arguments, "environment": dict(os.environ), "folder": os.getcwd()}).encode()
connection = socket.socket(socket.AF_UNIX)
connection.connect(path)
socket.send_fds(connection, [struct.pack("!I", len(request))], [0, 1, 2])
connection.sendall(request)
code = connection.recv(1)
sys.exit(code[0] if code else 255)
