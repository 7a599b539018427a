"""Has bagit_profile, the stock validator of BagIt profiles, hold a bundle against the profile we publish.

Usage: profile.py PROFILE.json BAG; ends with 1 where the bag does not keep to it.
"""

import json
import sys
from pathlib import Path

import bagit
import bagit_profile

told = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
profile = bagit_profile.Profile(told["BagIt-Profile-Info"]["BagIt-Profile-Identifier"], profile=told)
bag = bagit.Bag(sys.argv[2])
sys.exit(0 if profile.validate(bag) and profile.validate_serialization(sys.argv[2]) else 1)
