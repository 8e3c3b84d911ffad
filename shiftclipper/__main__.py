"""Start the window, or the command line when a sub-command is named."""

import sys


def main() -> None:
    """Run the program with `sys.argv` and exit with its code."""
    from shiftclipper.cli import run_command_line

    sys.exit(run_command_line(sys.argv[1:]))


if __name__ == "__main__":
    main()
