def run(*args):
    raise SystemExit(2)
