"""How does the stand-in GoHighLevel sign the webhooks of a marketplace app? Ed25519 over the raw body (reference 1.8)."""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HEADER = "x-ghl-signature"
# A stand-in's key is no secret: the product believes it only when ZRG_GHL_WEBHOOK_PUBLIC_KEY names it.
_KEY = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"the sandbox of ZRG Inbox plays GoHighLevel").digest())
PUBLIC_KEY = base64.b64encode(_KEY.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def signature(body: bytes) -> str:
    """Return the signature of a body, base64."""
    return base64.b64encode(_KEY.sign(body)).decode()
