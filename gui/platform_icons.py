"""Which picture stands for a platform; the word beside it says which one it is."""

from __future__ import annotations

_LOGOS = {
    "discord",
    "facebook",
    "github",
    "instagram",
    "linkedin",
    "medium",
    "pinterest",
    "reddit",
    "snapchat",
    "telegram",
    "tiktok",
    "twitch",
    "whatsapp",
    "youtube",
}
_STAND_INS = {
    "x": "x",
    "google-plus": "google-logo",
    "website": "globe",
    "flickr": "image",
    "vimeo": "video-camera",
    "qik": "video-camera",
    "vine": "video-camera",
    "periscope": "video-camera",
    "ustream": "video-camera",
    "soundcloud": "music-note",
    "issuu": "book-open",
    "threads": "at",
    "nebenan": "house",
}


def platform_icon_name(key: str) -> str:
    """Return the name of the picture of a platform in the Phosphor set."""
    return f"{key}-logo" if key in _LOGOS else _STAND_INS.get(key, "chats")
