"""Registrations held against letters (对账), and the letters of inquiry (函询) to the units."""
