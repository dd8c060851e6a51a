using MPilot.Jobs.Engine.Gates;

namespace MPilot.Jobs.Orleans.Gates;

/// <summary>How many jobs may still be accepted without asking a gate elsewhere: what it gave, until it is used up or old. For many threads.</summary>
internal sealed class AdmissionCredit
{
    /// <summary>A line does not fill unseen for longer. 1 s.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private int _left;
    private DateTimeOffset _until = DateTimeOffset.MinValue;

    /// <summary>Takes one. False: the gate has to be asked.</summary>
    public bool TryTake(DateTimeOffset now)
    {
        lock (_lock)
        {
            return now < _until && _left-- > 0;
        }
    }

    /// <summary>What the gate said when it was asked.</summary>
    public void Fill(GateAdmission admission, DateTimeOffset askedAt)
    {
        lock (_lock)
        {
            (_left, _until) = admission is GateAdmission.Admitted admitted ? (admitted.Room, askedAt + Life) : (0, DateTimeOffset.MinValue);
        }
    }
}
