"""What several reports count by: attribution, net growth, pace, ranks, doubts."""
