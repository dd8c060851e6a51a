using System.Collections.Concurrent;
using System.Globalization;
using MPilot.Jobs.Simulators.Ledgers;

namespace MPilot.Jobs.Simulators.Replicate;

/// <summary>The files and the predictions there are.</summary>
internal sealed class ReplicateShelf(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, ReplicateFile> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ReplicatePrediction> _predictions = new(StringComparer.Ordinal);
    private int _number;

    /// <summary>An id nobody had before.</summary>
    public string NewId(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}{Interlocked.Increment(ref _number):x24}");

    public ReplicateFile Add(PartRecord part, string address)
    {
        var id = NewId("f");
        return _files[id] = new ReplicateFile(id, $"{address}/v1/files/{id}", part, time.GetUtcNow());
    }

    public void Add(ReplicatePrediction prediction) => _predictions[prediction.Id] = prediction;

    public bool Delete(string file) => _files.TryRemove(file, out _);

    public ReplicatePrediction? Prediction(string id) => _predictions.GetValueOrDefault(id);

    public ReplicateFile? File(string id) => _files.GetValueOrDefault(id) is { } file && time.GetUtcNow() < file.Expires ? file : null;

    /// <summary>The file behind a link of ours that still lives.</summary>
    public ReplicateFile? Behind(string link) => File(link[(link.LastIndexOf('/') + 1)..]) is { } file && file.Link == link ? file : null;
}
