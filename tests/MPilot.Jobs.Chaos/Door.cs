namespace MPilot.Jobs.Chaos;

/// <summary>Where the service listens, while it does.</summary>
internal sealed class Door : IEntrance
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<Uri> _address = Fresh();

    public void Open(Uri address)
    {
        lock (_lock)
        {
            _address.TrySetResult(address);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _address = _address.Task.IsCompleted ? Fresh() : _address;
        }
    }

    public bool IsOpen => AddressAsync().IsCompleted;

    public Task<Uri> AddressAsync()
    {
        lock (_lock)
        {
            return _address.Task;
        }
    }

    private static TaskCompletionSource<Uri> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
