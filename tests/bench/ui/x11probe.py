# SPDX-License-Identifier: Apache-2.0
"""Looks at single pixels of an X display and makes real button events, from outside every process that is measured.

Only libX11 and libXtst, through ctypes: both are on every machine that can show a window."""
import ctypes
import time


class _XImage(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.POINTER(ctypes.c_ubyte))]


class Display:
    """One connection to one X server."""

    def __init__(self, name: str):
        self._x = ctypes.CDLL("libX11.so.6")
        self._tst = ctypes.CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XOpenDisplay.argtypes = [ctypes.c_char_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XGetImage.restype = ctypes.POINTER(_XImage)
        self._x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                      ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self._x.XDestroyImage.argtypes = [ctypes.POINTER(_XImage)]
        self._x.XFlush.argtypes = [ctypes.c_void_p]
        self._x.XCloseDisplay.argtypes = [ctypes.c_void_p]
        self._tst.XTestFakeMotionEvent.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int,
                                                   ctypes.c_ulong]
        self._tst.XTestFakeButtonEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        self._handle = self._x.XOpenDisplay(name.encode())
        if not self._handle:
            raise OSError(f"no X display {name}")
        self._root = self._x.XDefaultRootWindow(self._handle)

    def pixels(self, x: int, y: int, width: int = 1, height: int = 1) -> bytes:
        """The area as raw 32-bit pixels, blue first."""
        image = self._x.XGetImage(self._handle, self._root, x, y, width, height, 0xFFFFFFFF, 2)
        if not image:
            raise OSError("XGetImage failed")
        data = bytes(image.contents.data[0:width * height * 4])
        self._x.XDestroyImage(image)
        return data

    def colour(self, x: int, y: int) -> str:
        blue, green, red, _ = self.pixels(x, y)
        return f"#{red:02x}{green:02x}{blue:02x}"

    def wait_for(self, x: int, y: int, wanted, seconds: float) -> float | None:
        """time.perf_counter() when wanted(pixels of a 1×1 area) first held, or None."""
        limit = time.perf_counter() + seconds
        while time.perf_counter() < limit:
            if wanted(self.colour(x, y)):
                return time.perf_counter()
            time.sleep(0.0005)
        return None

    def move(self, x: int, y: int) -> None:
        self._tst.XTestFakeMotionEvent(self._handle, -1, x, y, 0)
        self._x.XFlush(self._handle)

    def button(self, down: bool) -> None:
        self._tst.XTestFakeButtonEvent(self._handle, 1, 1 if down else 0, 0)
        self._x.XFlush(self._handle)

    def close(self) -> None:
        self._x.XCloseDisplay(self._handle)
