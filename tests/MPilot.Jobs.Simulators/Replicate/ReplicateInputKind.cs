namespace MPilot.Jobs.Simulators.Replicate;

internal enum ReplicateInputKind
{
    Text,
    Whole,
    Number,
    Flag,
    Picture,
    Pictures,
}
