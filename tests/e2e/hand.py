"""Works the mouse and the keys of the X server, as a hand does: X,Y moves the mouse there, right presses its right button, and
anything else is the name of a key (Down, Return). What the driver presses reaches the page alone, and no menu of the system."""

import ctypes
import sys
import time

x11 = ctypes.CDLL("libX11.so.6")
test = ctypes.CDLL("libXtst.so.6")
x11.XOpenDisplay.restype = ctypes.c_void_p
x11.XStringToKeysym.restype = ctypes.c_ulong
x11.XStringToKeysym.argtypes = [ctypes.c_char_p]
x11.XKeysymToKeycode.restype = ctypes.c_ubyte
x11.XKeysymToKeycode.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
x11.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
test.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
test.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_ulong]

display = x11.XOpenDisplay(None)


def done():
    x11.XSync(display, 0)
    time.sleep(0.05)


def press(what, code):
    for down in (1, 0):
        what(display, code, down, 0)
        done()


for word in sys.argv[1:]:
    if "," in word:
        x, y = (int(part) for part in word.split(","))
        test.XTestFakeMotionEvent(display, -1, x, y, 0)
        done()
    elif word == "right":
        press(test.XTestFakeButtonEvent, 3)
    else:
        press(test.XTestFakeKeyEvent, x11.XKeysymToKeycode(display, x11.XStringToKeysym(word.encode())))
