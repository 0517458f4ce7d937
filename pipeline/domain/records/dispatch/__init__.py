"""What comes back from a dispatch meeting (一月一调度): sheets that units have filled in, and matters agreed upon."""
