"""The rows of registration exports, and which of them are one business."""
