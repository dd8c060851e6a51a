using System.Collections.Concurrent;

namespace MPilot.Jobs.Simulators.Pictures;

/// <summary>Pictures handed out as links.</summary>
internal sealed class PictureShelf
{
    private readonly ConcurrentDictionary<int, ShelvedPicture> _shelved = new();
    private int _number;

    public int Add(PictureSpec spec, string label)
    {
        var number = Interlocked.Increment(ref _number);
        _shelved[number] = new ShelvedPicture(spec, label);
        return number;
    }

    public ShelvedPicture? Find(int number) => _shelved.GetValueOrDefault(number);

    public void Clear() => _shelved.Clear();
}
