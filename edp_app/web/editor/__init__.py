"""The editor: a workshop's stages, groups and territories, made and changed in the browser before its first
stage is opened. It works on the values of a format file, by whose rules they are checked, and what comes of
them is one command to the workshop like any other."""
