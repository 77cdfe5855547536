"""The AWS command line, loaded once. Usage: serve.py SOCKET SERVICE...

A call arrives with the caller's standard streams, environment and folder, runs in a fork, and leaves nothing behind: what
runs is awscli's own main(), without the half second that loading it takes.
"""

import json
import os
import signal
import socket
import struct
import sys

import awscli.clidriver
import botocore.session


def run(driver, request, streams):
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["aws", *request["arguments"]]
    try:
        code = driver.main(request["arguments"])
    except SystemExit as left:
        code = left.code
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else 0


def receive(connection):
    head, streams, _, _ = socket.recv_fds(connection, 4, 3)
    (length,) = struct.unpack("!I", head)
    body = b""
    while len(body) < length:
        body += connection.recv(length - len(body))
    return json.loads(body), streams


def answer(driver, connection):
    request, streams = receive(connection)
    call = os.fork()
    if call == 0:
        os._exit(run(driver, request, streams) & 0xFF)
    _, status = os.waitpid(call, 0)
    connection.sendall(bytes([os.waitstatus_to_exitcode(status) & 0xFF]))


def main():
    path, *services = sys.argv[1:]
    driver = awscli.clidriver.create_clidriver()
    commands = driver._get_command_table()
    driver._get_argument_table()
    # A second session warms the loader that both share, so that nothing of this environment stays in the first.
    loader = driver.session.get_component("data_loader")
    other = botocore.session.Session()
    other.register_component("data_loader", loader)
    loader.list_available_services("paginators-1")
    for service in services:
        commands[service]._get_command_table()
        other.create_client(
            service, region_name="us-east-1", aws_access_key_id="none", aws_secret_access_key="none"
        )
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    print("ready", flush=True)
    while True:
        connection, _ = server.accept()
        if os.fork() == 0:
            server.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            answer(driver, connection)
            os._exit(0)
        connection.close()


main()
