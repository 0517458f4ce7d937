"""What counties sent their city, and the city's month from it: their own frozen figures, never counted anew."""
