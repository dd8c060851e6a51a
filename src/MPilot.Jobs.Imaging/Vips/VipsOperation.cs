namespace MPilot.Jobs.Imaging.Vips;

/// <summary>One call of a libvips operation: named, given its arguments, run.</summary>
internal sealed unsafe class VipsOperation(string name) : IDisposable
{
    private nint _operation = Create(name);

    public VipsOperation With(string argument, int value)
    {
        var boxed = New(GValue.Int);
        VipsNative.SetInt(ref boxed, value);
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, bool value)
    {
        var boxed = New(GValue.Boolean);
        VipsNative.SetBoolean(ref boxed, value ? 1 : 0);
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, double value)
    {
        var boxed = New(GValue.Double);
        VipsNative.SetDouble(ref boxed, value);
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, string value)
    {
        var boxed = New(GValue.String);
        VipsNative.SetString(ref boxed, value);
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, ReadOnlySpan<double> values)
    {
        var boxed = New(VipsNative.ArrayOfDoubleType());
        VipsNative.SetArrayOfDouble(ref boxed, values, values.Length);
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, ReadOnlySpan<int> values)
    {
        var boxed = New(VipsNative.ArrayOfIntType());
        VipsNative.SetArrayOfInt(ref boxed, values, values.Length);
        return Assign(argument, ref boxed);
    }

    public VipsOperation WithInterpolator(string argument, string value)
    {
        var interpolator = VipsNative.NewInterpolator(value);
        WithObject(argument, interpolator);
        VipsNative.Unref(interpolator);
        return this;
    }

    public VipsOperation With(string argument, VipsImage first, VipsImage second)
    {
        var boxed = New(VipsNative.ArrayOfImageType());
        VipsNative.SetArrayOfImage(ref boxed, 2);
        var images = VipsNative.GetArrayOfImage(boxed, out _);

        // The array owns a reference to each.
        (images[0], images[1]) = (VipsNative.Ref(first.DangerousGetHandle()), VipsNative.Ref(second.DangerousGetHandle()));
        return Assign(argument, ref boxed);
    }

    public VipsOperation With(string argument, VipsImage value) => WithObject(argument, value.DangerousGetHandle());

    /// <summary>Sets an argument that is a native object; its first field leads to its class, whose first field is its type.</summary>
    public VipsOperation WithObject(string argument, nint value)
    {
        var boxed = New(**(nuint**)value);
        VipsNative.SetObject(ref boxed, value);
        return Assign(argument, ref boxed);
    }

    /// <summary>Runs it, answers the image it makes, and ends its life.</summary>
    /// <exception cref="VipsException">It failed.</exception>
    public VipsImage Make()
    {
        Build();
        var output = New(GValue.Object);
        VipsNative.GetProperty(_operation, "out", ref output);
        var image = new VipsImage(VipsNative.Ref(VipsNative.GetObject(output)));
        VipsNative.Unset(ref output);
        Dispose();
        return image;
    }

    /// <summary>Runs it for its effect and ends its life.</summary>
    /// <exception cref="VipsException">It failed.</exception>
    public void Run()
    {
        Build();
        Dispose();
    }

    public void Dispose()
    {
        if (_operation != 0)
        {
            VipsNative.DropOutputs(_operation);
            VipsNative.Unref(_operation);
            _operation = 0;
        }
    }

    private void Build()
    {
        var built = VipsNative.Build(_operation);
        if (built == 0)
        {
            var error = VipsException.Last($"run {name}");
            Dispose();
            throw error;
        }

        VipsNative.Unref(_operation);
        _operation = built;
    }

    private VipsOperation Assign(string argument, ref GValue value)
    {
        VipsNative.SetProperty(_operation, argument, value);
        VipsNative.Unset(ref value);
        return this;
    }

    private static GValue New(nuint type)
    {
        GValue value = default;
        VipsNative.Init(ref value, type);
        return value;
    }

    private static nint Create(string name)
    {
        VipsLibrary.Require();
        var operation = VipsNative.NewOperation(name);
        return operation == 0 ? throw VipsException.Last($"find {name}") : operation;
    }
}
