"""What browsers, converters, printers and mails put into the texts they make."""
